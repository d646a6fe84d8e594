package dev.copyloop.stack.command;

import dev.copyloop.stack.home.LocalEnvironment;
import dev.copyloop.stack.home.StackHome;
import dev.copyloop.stack.supervise.Background;
import dev.copyloop.stack.supervise.Installation;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Starts the local stack in the background. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Starts the local stack in the background; does nothing if it runs.")
public final class UpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    StackHome home = HomeOption.home();
    System.err.println("Starting PostgreSQL, object storage and serving ...");
    // The launcher itself runs on, as the supervisor.
    String launcher = spec.root().userObject().getClass().getName();
    new Background(home, Installation.configured()).up(launcher, List.of("supervise"));
    System.out.println("Up: " + LocalEnvironment.read(home).get("COPYLOOP_URL"));
    System.out.println("What a client needs: " + home.localEnvironment());
    return 0;
  }
}
