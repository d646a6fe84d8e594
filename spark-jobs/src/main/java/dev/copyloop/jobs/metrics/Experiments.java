package dev.copyloop.jobs.metrics;

import dev.copyloop.events.settings.Experiment;
import dev.copyloop.events.settings.Org;
import dev.copyloop.events.settings.Settings;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** Lists how every template is judged and when, from the settings. */
final class Experiments {

  private Experiments() {}

  /** All periods, shaped as {@link MetricsTables#EXPERIMENTS}. */
  static Dataset<Row> of(SparkSession spark, Settings settings) {
    List<Row> rows = new ArrayList<>();
    settings.orgs().forEach(org -> add(rows, org));
    return spark.createDataFrame(rows, MetricsTables.EXPERIMENTS.schema());
  }

  private static void add(List<Row> rows, Org org) {
    List<Experiment> periods = org.measurement().experiments();
    int stratum = 1;
    for (int i = 0; i < periods.size(); i++) {
      Experiment period = periods.get(i);
      Experiment before = i == 0 ? null : periods.get(i - 1);
      boolean follows = before != null && before.templateId().equals(period.templateId());
      boolean sameShare = follows && before.controlShare().compareTo(period.controlShare()) == 0;
      stratum = follows ? stratum + (sameShare ? 0 : 1) : 1;
      rows.add(row(org, period, stratum, i + 1 < periods.size() ? periods.get(i + 1) : null));
    }
  }

  private static Row row(Org org, Experiment period, int stratum, Experiment next) {
    boolean ends = next != null && next.templateId().equals(period.templateId());
    return RowFactory.create(
        org.slug(),
        period.templateId(),
        stratum,
        Timestamp.from(period.from()),
        ends ? Timestamp.from(next.from()) : null,
        period.controlShare().setScale(6),
        period.keyMetric(),
        period.minimumDetectableEffect().setScale(6),
        period.alpha().setScale(6),
        period.expectedUnits());
  }
}
