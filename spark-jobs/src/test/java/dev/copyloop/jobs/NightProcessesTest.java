package dev.copyloop.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.embedded.Fixtures;
import dev.copyloop.embedded.S3Server;
import dev.copyloop.events.settings.SettingsJson;
import dev.copyloop.jobs.attribute.journey.SampleSettings;
import dev.copyloop.jobs.compact.LandedNights;
import dev.copyloop.jobs.lake.Publications;
import dev.copyloop.jobs.lease.DatabaseLease;
import dev.copyloop.jobs.lease.Lease;
import dev.copyloop.jobs.lease.LeaseDatabase;
import dev.copyloop.jobs.publish.PublishedSpecs;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.TestLake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights in processes of their own over the S3 server, that are killed, tried again, and stopped
 * past their lease: the tables end as if nothing had happened, and no commit is ever overwritten.
 */
@Tag("long")
class NightProcessesTest {
  private static final S3Server SERVER = Fixtures.storage();

  @TempDir private Path folder;
  private LeaseDatabase database;
  private String bucket;
  private Path settings;
  private TestLake lake;
  private final Map<String, String> commits = new TreeMap<>();

  @BeforeEach
  void land() throws Exception {
    database = LeaseDatabase.fresh();
    settings = folder.resolve("settings.json");
    Files.writeString(settings, SettingsJson.write(SampleSettings.plain()));
    bucket = SERVER.newBucket();
    lake = TestLake.in(SERVER, bucket, settings);
    new LandedNights(folder.resolve("landed")).land(20);
    try (var files = Files.walk(folder.resolve("landed"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String key = folder.resolve("landed").relativize(file).toString();
        lake.run().bucket().write(key, Files.readAllBytes(file));
      }
    }
  }

  private NightProcess start(String haltsBefore, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of(
            "--bucket",
            bucket,
            "--s3-endpoint",
            SERVER.endpoint(),
            "--settings",
            settings.toString(),
            "--database",
            database.url(),
            "--lease-time",
            "3s"));
    return NightProcess.start(
        haltsBefore,
        all,
        Map.of(
            "AWS_ACCESS_KEY_ID", SERVER.accessKey(), "AWS_SECRET_ACCESS_KEY", SERVER.secretKey()));
  }

  @Test
  void endAlikeThoughTheyAreKilledTriedAgainAndStopped() throws Exception {
    Map<String, String> undisturbed = undisturbed();
    try (NightProcess first = start("events", "nightly", "--run-id", "night")) {
      first.awaitHalt();
      assertThat(busyNightly()).isEqualTo(75);
      first.kill();
    }
    assertNoCommitChanged();
    try (NightProcess retry = start("engagements", "nightly", "--run-id", "night")) {
      retry.awaitHalt();
      assertNoCommitChanged();
      assertThat(new Publications(lake.run().bucket()).latest()).isEmpty();
      retry.signal("STOP");
      assertThat(nightOfAnother()).isEqualTo(undisturbed);
      retry.signal("CONT");
      retry.letGo();
      assertThat(retry.await()).isEqualTo(75);
    }
    assertNoCommitChanged();
    assertThat(LakeHashes.of(lake.run().tables())).isEqualTo(undisturbed);
    assertThat(new Publications(lake.run().bucket()).latest().orElseThrow().number()).isEqualTo(1);
  }

  /** A run that is refused before it starts Spark. */
  private int busyNightly() {
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return Main.run(
        new String[] {
          "backfill",
          "--bucket",
          bucket,
          "--database",
          database.url(),
          "--from",
          "2024-03-01",
          "--to",
          "2024-03-09"
        },
        out,
        out);
  }

  /** Waits for the lease of the one that is stopped to end, and does its work. */
  private Map<String, String> nightOfAnother() throws IOException {
    try (Lease lease =
        DatabaseLease.acquire(
            database.config(Duration.ofMinutes(2), Duration.ofMinutes(2)), "other", "nightly")) {
      assertThat(lease.isTakenOver()).isTrue();
      RunContext run = lake.run(lease);
      run.tables().fence(PublishedSpecs.ALL);
      NightCrashTest.night(run);
      return LakeHashes.of(run.published());
    }
  }

  private Map<String, String> undisturbed() throws IOException {
    TestLake local = TestLake.in(folder.resolve("landed"), SampleSettings.plain());
    NightCrashTest.night(local.run());
    return LakeHashes.of(local.run().published());
  }

  /** Every commit that was ever seen is as it was seen first. */
  private void assertNoCommitChanged() {
    for (String key : SERVER.keys(bucket, "lake/")) {
      if (key.matches(".*/_delta_log/\\d{20}\\.json")) {
        String content = new String(SERVER.read(bucket, key), StandardCharsets.UTF_8);
        String before = commits.putIfAbsent(key, content);
        assertThat(before == null ? content : before).as(key).isEqualTo(content);
      }
    }
    assertThat(commits).isNotEmpty();
  }

  @Test
  void twoBackfillsAtOnceRunOneAfterTheOther() throws Exception {
    String[] backfill = {"backfill", "--from", "2024-03-01", "--to", "2024-03-09", "--wait", "5m"};
    try (NightProcess first = start("landing_ledger", backfill);
        NightProcess second = waiting(first, backfill)) {
      first.letGo();
      assertThat(first.await()).isZero();
      assertThat(second.await()).isZero();
    }
    assertThat(LakeHashes.of(lake.run().published())).isEqualTo(undisturbed());
  }

  private NightProcess waiting(NightProcess first, String... backfill) throws IOException {
    first.awaitHalt();
    return start("nothing", backfill);
  }
}
