package dev.copyloop.landing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.landing.store.ObjectStore;
import dev.copyloop.landing.store.S3ObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolRecoverTest {
  @TempDir Path folder;
  private final Bucket bucket = new Bucket();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @AfterEach
  void close() {
    bucket.close();
  }

  @Test
  void anOrphanedSpoolIsUploaded() throws Exception {
    orphan();
    assertThat(bucket.landingKeys()).isEmpty();
    assertThat(recover(config(bucket.settings()))).isZero();
    assertThat(bucket.eventIds()).containsExactly("a", "b");
    assertThat(text()).contains("1 segments").contains("may be deleted");
    assertThat(recover(config(bucket.settings()))).as("again").isZero();
    assertThat(bucket.eventIds()).containsExactly("a", "b");
  }

  @Test
  void aSpoolThatIsInUseIsRefused() throws Exception {
    try (ObjectStore store = bucket.store();
        Landing live = SpoolLanding.open(Settings.of(spool()), store, LandingMetrics.NONE)) {
      assertThat(recover(config(bucket.settings()))).isEqualTo(75);
      assertThat(text()).contains("another process has it");
      assertThat(live.state().accepting()).isTrue();
    }
  }

  @Test
  void aStoreThatStaysAwayIsAFailure() throws Exception {
    orphan();
    assertThat(recover(config(nowhere()))).isEqualTo(1);
    assertThat(text()).contains("run this again").contains("the last problem");
  }

  @Test
  void wrongUsageIsExplained() throws Exception {
    Path config = config(bucket.settings());
    assertThat(run("--spool", spool().toString())).isEqualTo(2);
    assertThat(run("--config", config.toString(), "--spool")).isEqualTo(2);
    assertThat(run("--config", config.toString(), "--spool", "x", "--force", "y")).isEqualTo(2);
    assertThat(recover(config)).as("no spool there").isEqualTo(2);
    assertThat(text()).contains("There is no spool in").contains("Usage: spool recover");
    assertThat(run("--help")).isZero();
  }

  /** Leaves two lines in a spool whose process has ended. */
  private void orphan() throws Exception {
    try (ObjectStore away =
            S3ObjectStore.open(bucket.config("landing.store.endpoint", "http://127.0.0.1:1"));
        Landing landing =
            SpoolLanding.open(
                Settings.of(spool(), "landing.drain.grace", "0s"), away, LandingMetrics.NONE)) {
      landing.land(List.of(Arrivals.cio("a"), Arrivals.cio("b"))).get();
    }
  }

  private Map<String, String> nowhere() {
    Map<String, String> settings = bucket.settings();
    settings.put("landing.store.endpoint", "http://127.0.0.1:1");
    return settings;
  }

  private Path spool() {
    return folder.resolve("spool");
  }

  private Path config(Map<String, String> settings) throws IOException {
    return Files.writeString(
        folder.resolve("serving.properties"),
        settings.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining("\n")));
  }

  private int recover(Path config) {
    return run("--config", config.toString(), "--spool", spool().toString(), "--timeout", "2s");
  }

  private int run(String... arguments) {
    return new SpoolRecover(new PrintStream(out, true, StandardCharsets.UTF_8))
        .run(List.of(arguments));
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
