package dev.copyloop.stack.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  @Test
  void elsewhereThanOnATerminalItPrintsPlainLines() {
    try (Progress progress = Progress.plain(out, "Sending", 2000)) {
      progress.step(1500);
      progress.at(2000);
    }
    assertThat(bytes.toString(UTF_8))
        .startsWith("Sending")
        .contains("100 % 2,000 of 2,000")
        .doesNotContain("\r", "\u001b");
  }

  @Test
  void nothingToDoIsDone() {
    Progress.plain(out, "Sending", 0).close();
    assertThat(bytes.toString(UTF_8)).contains("100 % 0 of 0");
  }
}
