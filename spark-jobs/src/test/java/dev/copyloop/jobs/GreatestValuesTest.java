package dev.copyloop.jobs;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.attribute.journey.SampleEvent;
import dev.copyloop.jobs.attribute.journey.SampleSettings;
import dev.copyloop.jobs.attribute.preview.PreviewJob;
import dev.copyloop.jobs.attribute.preview.PreviewResult;
import dev.copyloop.jobs.lake.Columns;
import dev.copyloop.jobs.lake.RestatementsTable;
import dev.copyloop.jobs.metrics.MetricsTables;
import dev.copyloop.jobs.run.TestLake;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class GreatestValuesTest {
  private static final Instant NINE = Instant.parse("2026-11-03T09:00:00Z");
  private static final Instant BOUGHT = NINE.plus(Duration.ofDays(1));
  private static final String GREATEST = "99999999999999.000000";

  @TempDir private Path folder;

  @Test
  void sumsBeyondWhatAColumnHoldsStopNoNight() throws Exception {
    TestLake lake = TestLake.in(folder, SampleSettings.plain());
    Night.land(
        lake,
        List.of(
            SampleEvent.email("d1", "sent", NINE).journey("j1", "1001", "ann"),
            SampleEvent.email("d2", "sent", NINE.minus(Duration.ofDays(1)))
                .journey("j2", "1001", "bob"),
            own("p1", "ann", "10.00", "EUR")),
        List.of());
    Night.run(lake);
    Night.land(
        lake,
        List.of(
            own("p2", "ann", GREATEST, "USD"),
            own("p3", "ann", GREATEST, "USD"),
            own("p4", "bob", GREATEST, "USD"),
            own("p5", "bob", GREATEST, "USD"),
            own("p6", "bob", "-" + GREATEST, "SEK"),
            own("p7", "bob", "-" + GREATEST, "SEK")),
        List.of());
    Night.run(lake);

    Dataset<Row> figures = lake.run().tables().read(MetricsTables.DAILY_CUSTOM_METRICS);
    assertThat(values(figures, "USD", "value"))
        .containsExactly(Columns.GREATEST_AMOUNT, Columns.GREATEST_AMOUNT);
    assertThat(values(figures, "SEK", "lift_value"))
        .containsExactly(Columns.GREATEST_AMOUNT.negate());
    assertThat(values(figures, "EUR", "value")).containsExactly(new BigDecimal("10.000000"));
    Dataset<Row> restated =
        lake.run().tables().read(RestatementsTable.SPEC).where(col("measure").equalTo("value"));
    assertThat(values(restated, "USD", "after")).containsExactly(Columns.GREATEST_AMOUNT);
    assertThat(previewed(lake, "USD")).isEqualByComparingTo("399999999999996");
  }

  private static SampleEvent own(String id, String user, String value, String currency) {
    return SampleEvent.own(id, "purchase", user, BOUGHT).worth(value, currency);
  }

  private static List<BigDecimal> values(Dataset<Row> rows, String currency, String column) {
    return rows.where(col("currency").equalTo(currency)).select(column).collectAsList().stream()
        .map(row -> row.getDecimal(0))
        .toList();
  }

  private static BigDecimal previewed(TestLake lake, String currency) throws Exception {
    PreviewResult preview =
        (PreviewResult)
            lake.run()
                .run(
                    new PreviewJob(
                        "acme", SampleSettings.lastTouch("purchase", Duration.ofDays(2))));
    return preview.copies().stream()
        .filter(copy -> currency.equals(copy.currency()))
        .map(copy -> copy.proposed().value())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
