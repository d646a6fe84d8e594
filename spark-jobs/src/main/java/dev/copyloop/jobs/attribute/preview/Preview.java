package dev.copyloop.jobs.attribute.preview;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.copyloop.events.settings.AttributionRule;
import dev.copyloop.events.settings.Org;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.attribute.customevents.AttributedEvent;
import dev.copyloop.jobs.attribute.customevents.CustomEventSteps;
import dev.copyloop.jobs.attribute.customevents.ExposedDeliveryRows;
import dev.copyloop.jobs.attribute.journey.CopyMatch;
import dev.copyloop.jobs.attribute.journey.DeliveryOutputs;
import dev.copyloop.jobs.attribute.person.Persons;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.lake.Columns;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.TableReader;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.TimeRange;
import java.io.IOException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Attributes a range's custom events by two rules and sets the results side by side. */
final class Preview {

  private static final List<String> COPY =
      List.of("template_id", "arm", "copy_key", "currency", "rule_version");

  private Preview() {}

  static PreviewResult of(
      RunContext context, Org org, Optional<AttributionRule> current, AttributionRule proposed)
      throws IOException {
    TableReader tables = context.published();
    Settings settings = new Settings(0, List.of(org));
    SettingsIndex index = new SettingsIndex(settings);
    Persons persons = new Persons(tables.read(AttributionTables.PERSON_IDENTIFIERS), index);
    Dataset<Row> events =
        tables
            .read(EventsTable.SPEC)
            .where(col("org").equalTo(org.slug()).and(within(context.range())));
    Dataset<Row> attributed =
        CustomEventSteps.attributed(
            events, ExposedDeliveryRows.of(tables, org.slug()), persons, settings);
    return new PreviewResult(
        org.slug(),
        proposed.id(),
        current.map(AttributionRule::version).orElse(null),
        proposed.version(),
        copies(attributed, proposed.version()));
  }

  private static Column within(TimeRange range) {
    Column after =
        range
            .from()
            .map(from -> col("occurred_at").geq(lit(Timestamp.from(from))))
            .orElse(lit(true));
    return range
        .to()
        .map(to -> after.and(col("occurred_at").lt(lit(Timestamp.from(to)))))
        .orElse(after);
  }

  private static List<PreviewResult.Copy> copies(Dataset<Row> attributed, int proposedVersion) {
    Map<List<String>, PreviewResult.Copy> copies = new LinkedHashMap<>();
    for (Row row : figures(attributed)) {
      List<String> key = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        key.add(row.getString(i));
      }
      PreviewResult.Figures figures =
          new PreviewResult.Figures(
              row.getDecimal(5),
              row.getDecimal(6),
              row.getLong(7),
              row.getLong(8),
              row.getDecimal(9));
      boolean isProposed = row.getInt(4) == proposedVersion;
      PreviewResult.Figures other =
          copies.containsKey(key) ? copies.get(key).current() : PreviewResult.Figures.NONE;
      copies.put(
          key,
          new PreviewResult.Copy(
              key.get(0),
              key.get(1),
              key.get(2),
              key.get(3),
              isProposed ? other : figures,
              isProposed ? figures : PreviewResult.Figures.NONE));
    }
    return List.copyOf(copies.values());
  }

  /** By copy, the version that holds first. */
  private static List<Row> figures(Dataset<Row> attributed) {
    Column lift = col("kind").equalTo(AttributedEvent.LIFT);
    Column zero = lit("0").cast(Columns.MONEY);
    Column credited =
        when(lift, zero).otherwise(coalesce(col("credit"), lit("1").cast(Columns.MONEY)));
    Column value = coalesce(col("value"), zero);
    Column[] by = COPY.stream().map(org.apache.spark.sql.functions::col).toArray(Column[]::new);
    return attributed
        .withColumn("arm", coalesce(col("arm"), lit(DeliveryOutputs.NO_ARM)))
        .withColumn("copy_key", coalesce(col("copy_key"), lit(CopyMatch.UNKNOWN)))
        .groupBy(by)
        .agg(
            sum(credited),
            sum(when(lift, zero).otherwise(value)),
            count_distinct(when(lift.equalTo(false), col("person"))),
            sum(when(lift, lit(1L)).otherwise(lit(0L))),
            sum(when(lift, value).otherwise(zero)))
        .orderBy(by)
        .collectAsList();
  }
}
