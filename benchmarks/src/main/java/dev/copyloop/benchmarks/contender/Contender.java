package dev.copyloop.benchmarks.contender;

import dev.copyloop.benchmarks.load.RequestSource;
import dev.copyloop.benchmarks.measure.ProcessCpu;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/**
 * One of those that are compared.
 *
 * @param cpu of all the processes that its answers need
 * @param requests what it is asked; each load has a source of its own
 * @param landing whether it shows the metrics of a landing
 */
public record Contender(
    String name,
    InetSocketAddress address,
    ProcessCpu cpu,
    Supplier<RequestSource> requests,
    boolean landing) {}
