package dev.copyloop.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The CPU time of processes and their children, user and system, by {@code /proc}. */
public final class ProcessCpu {
  /** {@code USER_HZ}, which Linux fixes for what {@code /proc} shows. */
  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1) / 100;

  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final long LOOK_MILLIS = 250;
  private static final double IDLE_SHARE = 0.05;

  private final List<ProcessHandle> processes;

  public ProcessCpu(List<ProcessHandle> processes) {
    this.processes = List.copyOf(processes);
  }

  /** What they have used until now. */
  public long nanos() throws IOException {
    long ticks = 0;
    for (ProcessHandle process : processes) {
      for (ProcessHandle each : Stream.concat(Stream.of(process), process.descendants()).toList()) {
        ticks += ticks(each.pid());
      }
    }
    return ticks * TICK_NANOS;
  }

  private static long ticks(long pid) throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The second field, the program's name, may hold spaces; it ends with the last bracket.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /** Waits until they do next to nothing, at most so long. */
  public void awaitIdle(long atMostMillis) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(atMostMillis);
    double share = 1;
    while (share > IDLE_SHARE && System.nanoTime() < deadline) {
      long cpu = nanos();
      long start = System.nanoTime();
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      share = (double) (nanos() - cpu) / (System.nanoTime() - start);
    }
  }
}
