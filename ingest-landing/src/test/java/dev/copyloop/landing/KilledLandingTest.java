package dev.copyloop.landing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.landing.store.ObjectStore;
import java.io.BufferedReader;
import java.io.IOException;
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

/** Kills the process that lands, as {@code kill -9} does, and looks for what it acknowledged. */
class KilledLandingTest {
  @TempDir Path spool;

  @Test
  void nothingAcknowledgedIsLostOverThreeKills() throws Exception {
    killAndCompare(3);
  }

  @Test
  @Tag("slow")
  void nothingAcknowledgedIsLostOverTwentyKills() throws Exception {
    killAndCompare(20);
  }

  private void killAndCompare(int rounds) throws Exception {
    Random random = new Random(rounds);
    Set<String> sent = new HashSet<>();
    Set<String> acknowledged = new HashSet<>();
    try (Bucket bucket = new Bucket()) {
      for (int round = 0; round < rounds; round++) {
        sendAndKill(bucket, "round" + round, 200 + random.nextInt(800), sent, acknowledged);
      }
      try (ObjectStore store = bucket.store()) {
        SpoolLanding.open(Settings.of(spool), store, LandingMetrics.NONE).close();
      }
      Tally tally = Tally.of(sent, acknowledged, bucket.eventIds());
      System.out.println("Killed " + rounds + " times: " + tally);
      assertThat(tally.acknowledged()).isGreaterThanOrEqualTo(rounds * 200);
      assertThat(tally).matches(Tally::isClean);
    }
  }

  /** Kills a sender once it has so many acknowledgements, and takes down what it still said. */
  private void sendAndKill(
      Bucket bucket, String prefix, int kills, Set<String> sent, Set<String> acknowledged)
      throws IOException, InterruptedException {
    Process sender = start(bucket, prefix);
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

  private Process start(Bucket bucket, String prefix) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), EndlessSender.class.getName()));
    command.add(prefix);
    settings(bucket).forEach((key, value) -> command.add(key + "=" + value));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Small segments, so that kills also fall between sealing, putting and forgetting. */
  private Map<String, String> settings(Bucket bucket) {
    Map<String, String> settings = bucket.settings();
    settings.put("landing.spool.directory", spool.toString());
    settings.put("landing.spool.allow-volatile", "true");
    settings.put("landing.segment.size", "16KiB");
    settings.put("landing.segment.age", "200ms");
    return settings;
  }
}
