package dev.copyloop.stack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.stack.setup.OrgAccess;
import dev.copyloop.stack.simulate.CopyTally;
import dev.copyloop.stack.simulate.SimulationConfig;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SimulatedDemoTest {
  @TempDir Path folder;

  @Test
  void reportsExactlyWhatHappenedAndNothingMoreAfterAnotherNight() throws Exception {
    SimulatedDemo source =
        new SimulatedDemo(
            new SimulationConfig(800, 3, 7, Instant.now().truncatedTo(ChronoUnit.HOURS)));
    try (TestStack stack = new TestStack(folder)) {
      OrgAccess access = stack.create(source, "demo");
      stack.replay(source, access);
      stack.night(source, "demo");
      assertExact(stack.figures("demo"), source.tallies());
      assertThat(stack.report("demo").get("unattributed")).isEmpty();

      Map<String, String> hashes = stack.contentHashes("demo");
      stack.night(source, "demo");
      assertThat(stack.contentHashes("demo")).isEqualTo(hashes);
    }
  }

  private static void assertExact(Map<String, JsonNode> measured, Map<String, CopyTally> happened) {
    assertThat(measured).containsOnlyKeys(happened.keySet());
    happened.forEach(
        (key, tally) -> {
          JsonNode copy = measured.get(key);
          assertThat(copy.get("generations").longValue()).isEqualTo(tally.generations());
          assertThat(copy.get("sends").longValue()).isEqualTo(tally.sends());
          assertThat(copy.get("delivered").longValue()).isEqualTo(tally.delivered());
          assertThat(copy.at("/opens/human").longValue()).isEqualTo(tally.opens());
          assertThat(copy.at("/clicks/human").longValue()).isEqualTo(tally.clicks());
          assertThat(copy.get("conversions").longValue()).isEqualTo(tally.conversions());
          JsonNode purchases = copy.at("/rules/0");
          assertThat(purchases.get("events").decimalValue())
              .isEqualByComparingTo(BigDecimal.valueOf(tally.purchases()));
          assertThat(purchases.get("value").decimalValue()).isEqualByComparingTo(tally.value());
        });
  }
}
