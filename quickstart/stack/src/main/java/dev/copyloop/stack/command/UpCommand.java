package dev.copyloop.stack.command;

import dev.copyloop.stack.Main;
import dev.copyloop.stack.home.LocalEnvironment;
import dev.copyloop.stack.home.StackHome;
import dev.copyloop.stack.supervise.Background;
import dev.copyloop.stack.supervise.Installation;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Starts the local stack in the background. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Starts the local stack in the background; does nothing if it runs.")
public final class UpCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    StackHome home = HomeOption.home();
    System.err.println("Starting PostgreSQL, object storage and serving ...");
    new Background(home, Installation.configured()).up(Main.class.getName(), List.of("supervise"));
    System.out.println("Up: " + LocalEnvironment.read(home).get("COPYLOOP_URL"));
    System.out.println("What a client needs: " + home.localEnvironment());
    return 0;
  }
}
