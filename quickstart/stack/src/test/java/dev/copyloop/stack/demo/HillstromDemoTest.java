package dev.copyloop.stack.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.stack.setup.OrgAccess;
import dev.copyloop.stack.trial.HillstromFile;
import dev.copyloop.stack.trial.HillstromReplay;
import dev.copyloop.stack.trial.HillstromRow;
import dev.copyloop.stack.trial.TrialTotals;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trial's file may not be committed: the environment says where it is. */
@Tag("slow")
class HillstromDemoTest {
  private static final String FILE = "COPYLOOP_HILLSTROM";
  private static final int SAMPLE = 1500;

  private final HillstromReplay replay =
      new HillstromReplay(42, Instant.now().truncatedTo(ChronoUnit.HOURS));

  @TempDir Path folder;

  @Test
  void theWholeTrialComesOutAsItIsKnown() throws Exception {
    List<HillstromRow> rows = rows();
    HillstromDemo source = new HillstromDemo(rows, replay);
    try (TestStack stack = new TestStack(folder)) {
      stack.replay(source, stack.create(source, "demo"));
      stack.night(source, "demo");
      Map<String, JsonNode> figures = stack.figures("demo");
      assertFigures(figures.get("mens"), 21_307, 3_894, 267, "30311.69");
      assertFigures(figures.get("womens"), 21_387, 3_238, 189, "23038.11");
      assertFigures(figures.get("control"), 21_306, 2_262, 122, "13908.33");
      assertThat(figures).hasSize(3);
      assertThat(stack.report("demo").get("unattributed")).isEmpty();
      assertExported(stack.exports("demo"), rows);
    }
  }

  @Test
  void anotherNightOrAllEventsLandedAgainChangesNothingAndOneRowChangesItself() throws Exception {
    List<HillstromRow> rows = rows().subList(0, SAMPLE);
    HillstromDemo source = new HillstromDemo(rows, replay);
    List<HillstromRow> changed = new ArrayList<>(rows);
    int buyer = indexOfBuyer(rows);
    changed.set(buyer, withSpend(rows.get(buyer), new BigDecimal("1234.56")));
    HillstromDemo other = new HillstromDemo(changed, replay);
    try (TestStack stack = new TestStack(folder)) {
      OrgAccess access = stack.create(source, "same");
      stack.replay(source, access);
      stack.replay(other, stack.create(other, "other"));
      stack.night(source, "same");
      Map<String, String> hashes = stack.contentHashes("same");
      assertTotals(stack.figures("same"), TrialTotals.of(rows));
      assertTotals(stack.figures("other"), TrialTotals.of(changed));

      stack.night(source, "same");
      assertThat(stack.contentHashes("same")).isEqualTo(hashes);

      stack.replayEvents(source, access);
      stack.night(source, "same");
      assertTotals(stack.figures("same"), TrialTotals.of(rows));
      assertThat(stack.contentHashes("same")).isEqualTo(hashes);
    }
  }

  private static List<HillstromRow> rows() throws Exception {
    String file = System.getenv(FILE);
    assumeTrue(file != null, FILE + " does not name the trial's file");
    return HillstromFile.read(Path.of(file));
  }

  private static void assertTotals(Map<String, JsonNode> figures, TrialTotals totals) {
    totals
        .arms()
        .forEach(
            (key, arm) ->
                assertFigures(
                    figures.get(key),
                    arm.sends(),
                    arm.clicks(),
                    arm.conversions(),
                    arm.value().toPlainString()));
  }

  private static void assertFigures(
      JsonNode copy, long sends, long clicks, long conversions, String value) {
    assertThat(copy.get("sends").longValue()).isEqualTo(sends);
    assertThat(copy.get("delivered").longValue()).isEqualTo(sends);
    assertThat(copy.at("/clicks/unique").longValue()).isEqualTo(clicks);
    assertThat(copy.get("conversions").longValue()).isEqualTo(conversions);
    assertThat(copy.at("/rules/0/value").decimalValue()).isEqualByComparingTo(value);
  }

  private static int indexOfBuyer(List<HillstromRow> rows) {
    for (int index = 0; index < rows.size(); index++) {
      if (rows.get(index).converted()) {
        return index;
      }
    }
    throw new IllegalStateException("Nobody bought");
  }

  private static HillstromRow withSpend(HillstromRow row, BigDecimal spend) {
    return new HillstromRow(
        row.number(), row.attrs(), row.variant(), row.visited(), row.converted(), spend);
  }

  private static void assertExported(Path exports, List<HillstromRow> rows) throws Exception {
    Map<String, HillstromRow> expected = new HashMap<>();
    rows.stream()
        .filter(row -> row.variant().isPresent())
        .forEach(row -> expected.put("h-" + row.number(), row));
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet exported =
            statement.executeQuery(
                "SELECT user_id, tracking_id, copy_id, vars['subject'], attrs::JSON, propensity"
                    + " FROM read_parquet('%s/generations/*/*/*/*/*.parquet')"
                        .formatted(exports))) {
      while (exported.next()) {
        HillstromRow row = expected.remove(exported.getString(1));
        assertThat(row).as("exported once, and only a mailed customer").isNotNull();
        String key = row.variant().orElseThrow();
        assertThat(exported.getString(2)).isEqualTo("h-j-" + row.number());
        assertThat(exported.getString(3)).isEqualTo(HillstromReplay.copyId(key));
        assertThat(exported.getString(4)).endsWith(key.equals("mens") ? "for men" : "for women");
        assertThat(Attrs.read(exported.getString(5))).isEqualTo(row.attrs());
        assertThat(exported.getDouble(6)).isEqualTo(0.5);
      }
    }
    assertThat(expected).as("mailed customers without a generation").isEmpty();
  }

  /** Reads a map that DuckDB shows as JSON. */
  private static final class Attrs {
    static Map<String, String> read(String json) throws Exception {
      Map<String, String> attrs = new HashMap<>();
      dev.copyloop.events.json.Json.mapper()
          .readTree(json)
          .properties()
          .forEach(attr -> attrs.put(attr.getKey(), attr.getValue().textValue()));
      return attrs;
    }
  }
}
