package dev.copyloop.jobs.metrics;

import dev.copyloop.events.settings.Org;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.events.settings.Template;
import dev.copyloop.events.settings.Variant;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** Lists what every copy said and when, from the settings. */
final class Copies {

  private Copies() {}

  /** All copies, shaped as {@link MetricsTables#COPIES}. */
  static Dataset<Row> of(SparkSession spark, Settings settings) {
    List<Row> rows = new ArrayList<>();
    for (Org org : settings.orgs()) {
      for (Template template : org.templates()) {
        template.variants().forEach(variant -> add(rows, org, template, variant));
      }
    }
    return spark.createDataFrame(rows, MetricsTables.COPIES.schema());
  }

  private static void add(List<Row> rows, Org org, Template template, Variant variant) {
    List<Variant.Texts> texts = variant.texts();
    for (int i = 0; i < texts.size(); i++) {
      Timestamp until = i + 1 < texts.size() ? Timestamp.from(texts.get(i + 1).validFrom()) : null;
      rows.add(
          RowFactory.create(
              org.slug(),
              variant.copyId(),
              template.id(),
              variant.key(),
              variant.status().name().toLowerCase(Locale.ROOT),
              template.fallbackCopyId().equals(Optional.of(variant.copyId())),
              Timestamp.from(texts.get(i).validFrom()),
              until,
              texts.get(i).vars()));
    }
  }
}
