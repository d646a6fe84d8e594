package dev.copyloop.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MainTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void endsWithTwoAndHelpWithoutAJob() {
    assertThat(run()).isEqualTo(2);
    assertThat(errors()).contains("compact", "attribute", "metrics", "publish", "export");
    assertThat(errors()).contains("nightly", "backfill", "report");
  }

  @Test
  void endsWithTwoAndTheValueOnAWrongOption() {
    assertThat(run("compact", "--bucket", "lake", "--from", "yesterday")).isEqualTo(2);
    assertThat(errors()).contains("yesterday");
    assertThat(run("compact", "--bucket", "lake", "--nonsense")).isEqualTo(2);
    assertThat(errors()).contains("--nonsense");
  }

  @Test
  void refusesARunIdThatIsNoPartOfAPath() {
    assertThat(run("compact", "--bucket", "lake", "--run-id", "../x")).isEqualTo(2);
    assertThat(errors()).contains("Invalid run id '../x'");
  }

  @Test
  void refusesAnEmptyRange() {
    assertThat(run("compact", "--bucket", "b", "--from", "2026-03-02", "--to", "2026-03-01"))
        .isEqualTo(2);
    assertThat(errors()).contains("it is empty");
  }

  @Test
  void refusesABackfillWithoutItsRange() {
    assertThat(run("backfill", "--bucket", "b", "--from", "2026-03-02")).isEqualTo(2);
    assertThat(errors()).contains("--from and --to");
  }

  @Test
  void refusesAStageThatTheCommandDoesNotHave() {
    assertThat(run("nightly", "--bucket", "b", "--stages", "compact,polish")).isEqualTo(2);
    assertThat(errors())
        .contains(
            "Invalid stage 'polish': expected some of inbox,compact,attribute,metrics,publish");
  }

  private int run(String... arguments) {
    err.reset();
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return Main.run(arguments, out, new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
