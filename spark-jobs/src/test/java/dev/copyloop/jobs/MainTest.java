package dev.copyloop.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void endsWithTwoAndHelpWithoutAJob() {
    assertThat(run()).isEqualTo(2);
    assertThat(errors()).contains("compact", "attribute", "metrics", "publish", "export");
    assertThat(errors()).contains("nightly", "backfill", "rebuild", "replay");
    assertThat(errors()).contains("plan", "maintain", "lifecycle", "report");
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
  void refusesALeaseTooShortToRenewAndAWaitThatIsNoDuration() {
    assertThat(run("nightly", "--bucket", "b", "--lease-time", "10ms")).isEqualTo(2);
    assertThat(errors()).contains("expected 1s or more");
    assertThat(run("nightly", "--bucket", "b", "--wait", "long")).isEqualTo(2);
    assertThat(errors()).contains("--wait");
  }

  @Test
  void refusesADatabaseThatIsNoneWithoutRepeatingItsPassword() {
    for (String url :
        List.of("postgresql://u:se^cret@db/copyloop", "mysql://u:secret@db/x", "db")) {
      assertThat(run("compact", "--bucket", "b", "--database", url)).isEqualTo(2);
      assertThat(errors())
          .contains("'--database'", "expected postgresql://user:password@host:port/name")
          .doesNotContain("cret");
    }
  }

  @Test
  void printsLifecycleRulesThatExpireNoLandingTableOrExport() throws IOException {
    assertThat(run("lifecycle", "--cool-after", "45")).isZero();
    List<String> expiring = new ArrayList<>();
    for (JsonNode rule : Json.mapper().readTree(printed()).get("Rules")) {
      if (rule.has("Expiration")) {
        expiring.add(rule.at("/Filter/Prefix").asText());
      }
    }
    assertThat(expiring).containsExactly("runs/");
    assertThat(printed()).contains("\"Days\" : 45");
    assertThat(run("lifecycle", "--cool-after", "5")).isEqualTo(2);
    assertThat(errors()).contains("30 days or more");
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

  @Test
  void aRebuildWithSigningKeysReplaysOnceAllIsConsumed(@TempDir Path folder) throws IOException {
    String keys = Files.writeString(folder.resolve("keys.json"), "[]").toString();
    assertThat(run("rebuild", "--bucket", "b", "--stages", "none")).isEqualTo(2);
    assertThat(errors()).contains("some of reset,inbox,compact,attribute,");
    assertThat(run("rebuild", "--bucket", "b", "--stages", "none", "--signing-keys", keys))
        .isEqualTo(2);
    assertThat(errors()).contains("some of reset,inbox,compact,replay,attribute,");
  }

  private int run(String... arguments) {
    err.reset();
    out.reset();
    return Main.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
