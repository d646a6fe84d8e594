package dev.copyloop.jobs.metrics;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.settings.AttributeScope;
import dev.copyloop.events.settings.ExportSettings;
import dev.copyloop.events.settings.Measurement;
import dev.copyloop.events.settings.Org;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.events.settings.UserKey;
import dev.copyloop.events.settings.Workspace;
import dev.copyloop.events.settings.Workspace.FirstOccurrenceOnly;
import dev.copyloop.jobs.lake.Columns;
import dev.copyloop.jobs.run.TestLake;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class OrgDaysTest {

  private static final StructType SCHEMA =
      new Columns()
          .required(DataTypes.StringType, "org", "workspace")
          .required(DataTypes.TimestampType, "at")
          .schema();

  private static final OrgDays DAYS =
      new OrgDays(
          new Settings(
              1,
              List.of(
                  new Org(
                      "acme",
                      ZoneId.of("Europe/Berlin"),
                      UserKey.ID,
                      UserKey.ID,
                      List.of(),
                      List.of(workspace()),
                      List.of(),
                      List.of()))));

  private static Workspace workspace() {
    return new Workspace(
        "production",
        "eu",
        AttributeScope.JOURNEY,
        List.of(
            new FirstOccurrenceOnly(Instant.parse("2026-01-01T00:00:00Z"), true),
            new FirstOccurrenceOnly(Instant.parse("2026-06-01T00:00:00Z"), false)));
  }

  private static List<Object> evaluated(Column column, String org, String... times) {
    List<Row> rows =
        Stream.of(times)
            .map(time -> RowFactory.create(org, "production", Timestamp.from(Instant.parse(time))))
            .toList();
    return TestLake.spark()
        .createDataFrame(rows, SCHEMA)
        .orderBy("at")
        .select(column)
        .collectAsList()
        .stream()
        .<Object>map(row -> row.get(0) instanceof Boolean ? row.get(0) : row.get(0).toString())
        .toList();
  }

  @Test
  void daysAreTheOrgsOwnAlsoWhenClocksChange() {
    assertThat(
            evaluated(
                DAYS.localDate(col("at")),
                "acme",
                "2026-03-28T22:59:59Z",
                "2026-03-28T23:00:00Z",
                "2026-03-29T21:59:59Z",
                "2026-03-29T22:00:00Z",
                "2026-10-25T22:59:59Z",
                "2026-10-25T23:00:00Z"))
        .containsExactly(
            "2026-03-28", "2026-03-29", "2026-03-29", "2026-03-30", "2026-10-25", "2026-10-26");
  }

  @Test
  void aChangeOfTheTimeZoneHoldsFromItsTimeOn() {
    OrgDays moved =
        new OrgDays(
            new Settings(
                1,
                List.of(
                    new Org(
                        "acme",
                        ZoneId.of("Europe/Berlin"),
                        UserKey.ID,
                        UserKey.ID,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        ExportSettings.DEFAULT,
                        new Measurement(
                            List.of(
                                new Measurement.TimeZoneChange(
                                    Instant.parse("2026-07-01T00:00:00Z"),
                                    ZoneId.of("America/New_York"))),
                            List.of(),
                            List.of())))));

    assertThat(
            evaluated(
                moved.localDate(col("at")), "acme", "2026-06-30T22:30:00Z", "2026-07-01T22:30:00Z"))
        .containsExactly("2026-07-01", "2026-07-01");
  }

  @Test
  void anOrgWithoutSettingsHasUtcDays() {
    assertThat(evaluated(DAYS.localDate(col("at")), "other", "2026-03-28T23:30:00Z"))
        .containsExactly("2026-03-28");
  }

  @Test
  void firstOccurrencesOnlyHoldsFromItsDateUntilTheNextChange() {
    assertThat(
            evaluated(
                DAYS.firstOccurrencesOnly(col("at")),
                "acme",
                "2025-12-31T23:59:59Z",
                "2026-01-01T00:00:00Z",
                "2026-05-31T23:59:59Z",
                "2026-06-01T00:00:00Z"))
        .containsExactly(false, true, true, false);
  }
}
