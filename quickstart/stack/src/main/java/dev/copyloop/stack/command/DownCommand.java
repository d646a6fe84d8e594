package dev.copyloop.stack.command;

import dev.copyloop.stack.supervise.Background;
import dev.copyloop.stack.supervise.Installation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stops the local stack. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stops the local stack in order; its data stays.")
public final class DownCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    boolean ran = new Background(HomeOption.home(), Installation.configured()).down();
    System.out.println(ran ? "Down." : "It was not running.");
    return 0;
  }
}
