package dev.copyloop.stack.command;

import dev.copyloop.stack.home.StackHome;
import dev.copyloop.stack.supervise.Background;
import dev.copyloop.stack.supervise.Installation;
import java.nio.file.Path;
import java.util.Optional;

/** Where the local stack's state lies. */
final class HomeOption {
  private HomeOption() {}

  /** The folder that {@code COPYLOOP_HOME} names, else {@code .copyloop} of the checkout. */
  static StackHome home() {
    return StackHome.of(
        Optional.ofNullable(System.getenv(Background.HOME))
            .map(Path::of)
            .orElseGet(() -> Installation.configured().checkout().resolve(".copyloop")));
  }
}
