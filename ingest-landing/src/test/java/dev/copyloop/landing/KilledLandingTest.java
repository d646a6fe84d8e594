package dev.copyloop.landing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.landing.store.ObjectStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kills the process that lands, as {@code kill -9} does, and looks for what it acknowledged. */
class KilledLandingTest {
  private static final String GRACE = "1800s";

  @TempDir Path spool;

  @ParameterizedTest
  @EnumSource
  void nothingAcknowledgedIsLostOverThreeKills(Durability durability) throws Exception {
    killAndCompare(durability, 3);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("slow")
  void nothingAcknowledgedIsLostOverManyKills(Durability durability) throws Exception {
    killAndCompare(durability, Integer.getInteger("copyloop.kills", 20));
  }

  @Test
  void aSenderEndsWhenItsParentHasEnded() throws Exception {
    try (Bucket bucket = new Bucket()) {
      Process sender = start(settings(Durability.SPOOL, bucket), "orphan");
      try (BufferedReader out = sender.inputReader(StandardCharsets.UTF_8)) {
        assertThat(out.readLine()).startsWith("sent ");
        sender.getOutputStream().close();
        out.transferTo(Writer.nullWriter());
        assertThat(sender.waitFor()).isEqualTo(1);
      } finally {
        sender.destroyForcibly();
      }
    }
  }

  private void killAndCompare(Durability durability, int rounds) throws Exception {
    Random random = new Random(rounds);
    Set<String> sent = new HashSet<>();
    Set<String> acknowledged = new HashSet<>();
    try (Bucket bucket = new Bucket()) {
      for (int round = 0; round < rounds; round++) {
        sendAndKill(
            settings(durability, bucket),
            "round" + round,
            200 + random.nextInt(800),
            sent,
            acknowledged);
      }
      try (ObjectStore store = bucket.store()) {
        // Kills on a busy machine leave more behind than is uploaded meanwhile.
        SpoolLanding.open(
                Settings.of(spool, "landing.drain.grace", GRACE), store, LandingMetrics.NONE)
            .close();
      }
      Tally tally = Tally.of(sent, acknowledged, bucket.eventIds());
      System.out.println("Killed " + durability + " " + rounds + " times: " + tally);
      assertThat(tally.acknowledged()).isGreaterThanOrEqualTo(rounds * 200);
      assertThat(tally).matches(Tally::isClean);
    }
  }

  /** Kills a sender once it has so many acknowledgements, and takes down what it still said. */
  private void sendAndKill(
      Map<String, String> settings,
      String prefix,
      int kills,
      Set<String> sent,
      Set<String> acknowledged)
      throws IOException, InterruptedException {
    Process sender = start(settings, prefix);
    int acks = 0;
    try (BufferedReader out = sender.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        // The last line may be cut in the middle: an id then that is one of nobody's.
        String[] words = line.split(" ", 2);
        if (words[0].equals("sent")) {
          sent.add(words[1]);
        } else if (words[0].equals("ack") && sent.contains(words[1])) {
          acknowledged.add(words[1]);
          acks++;
        }
        if (acks == kills) {
          // Not Process.destroyForcibly, which closes the stream that is being read.
          assertThat(sender.toHandle().destroyForcibly()).isTrue();
        }
      }
    }
    assertThat(sender.waitFor()).as("killed, not ended").isEqualTo(128 + 9);
  }

  private Process start(Map<String, String> settings, String prefix) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), EndlessSender.class.getName()));
    command.add(prefix);
    settings.forEach((key, value) -> command.add(key + "=" + value));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Small segments, so that kills also fall between sealing, putting and forgetting. */
  private Map<String, String> settings(Durability durability, Bucket bucket) {
    Map<String, String> settings = bucket.settings();
    if (durability == Durability.OBJECT) {
      settings.put("landing.durability", "object");
      settings.put("landing.batch.age", "10ms");
      return settings;
    }
    settings.put("landing.spool.directory", spool.toString());
    settings.put("landing.spool.allow-volatile", "true");
    settings.put("landing.segment.size", "16KiB");
    settings.put("landing.segment.age", "200ms");
    return settings;
  }
}
