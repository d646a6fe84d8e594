package dev.copyloop.stack.command;

import dev.copyloop.stack.supervise.Installation;
import dev.copyloop.stack.supervise.Supervisor;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/** What {@code up} runs in the background: the supervisor, until it is told to stop. */
@Command(name = "supervise", hidden = true)
public final class SuperviseCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    Supervisor supervisor = Supervisor.start(HomeOption.home(), Installation.configured());
    closeAtExit(supervisor);
    new CountDownLatch(1).await();
    return 0;
  }

  /** Stops the stack when this process is told to end. */
  static void closeAtExit(Supervisor supervisor) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    supervisor.close();
                  } catch (IOException e) {
                    System.err.println("Cannot stop the stack in order: " + e);
                  }
                },
                "stop"));
  }
}
