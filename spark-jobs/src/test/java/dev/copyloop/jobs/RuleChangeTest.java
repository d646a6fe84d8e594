package dev.copyloop.jobs;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.settings.AttributionRule;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.attribute.journey.SampleSettings;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.run.TestLake;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleChangeTest {

  @TempDir private Path folder;

  private static AttributionRule purchases(int version, Duration window) {
    return new AttributionRule(
        "purchase",
        version,
        "purchase",
        AttributionRule.Touch.SEND,
        AttributionRule.Model.LINEAR,
        window);
  }

  private static Settings settings(AttributionRule... rules) {
    return SampleSettings.of(
        ZoneOffset.UTC,
        List.of(
            SampleSettings.template(
                "welcome",
                SampleSettings.binding(
                    "b1", "1", Model.SETTINGS_ACTIONS.get(0), Model.SETTINGS_ACTIONS.get(1)))),
        List.of(rules));
  }

  private static List<String> rows(TestLake lake, int version) {
    return lake
        .run()
        .tables()
        .read(AttributionTables.ATTRIBUTED_EVENTS)
        .where(col("rule_version").equalTo(version))
        .collectAsList()
        .stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }

  @Test
  @Tag("slow")
  @Tag("case-13-rule-change")
  void aNewVersionAddsRowsForThePastAndLeavesTheOldOnesAsTheyWere() throws Exception {
    History history = History.of(13, 40);
    AttributionRule first = purchases(1, Duration.ofDays(2));
    TestLake before = TestLake.in(folder, settings(first));
    Night.land(before, history.events, history.generations);
    Night.run(before);
    List<String> old = rows(before, 1);

    TestLake after = TestLake.in(folder, settings(first, purchases(2, Duration.ofHours(1))));
    Night changed = Night.run(after);

    assertThat(old).isNotEmpty();
    assertThat(rows(after, 1)).isEqualTo(old);
    assertThat(rows(after, 2)).isNotEmpty();
    assertThat(changed.written())
        .noneMatch(part -> part.startsWith("deliveries") || part.startsWith("engagements"));
  }
}
