package dev.copyloop.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.attribute.AttributeJob;
import dev.copyloop.jobs.attribute.AttributeResult;
import dev.copyloop.jobs.attribute.journey.SampleEvent;
import dev.copyloop.jobs.attribute.journey.SampleGeneration;
import dev.copyloop.jobs.export.DatasetExport;
import dev.copyloop.jobs.export.ExportJob;
import dev.copyloop.jobs.export.ExportResult;
import dev.copyloop.jobs.hash.TableChange;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.lake.LedgerTable;
import dev.copyloop.jobs.metrics.MetricsJob;
import dev.copyloop.jobs.metrics.MetricsResult;
import dev.copyloop.jobs.publish.PublishJob;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.TestLake;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** The night after compact, for tests that fill compact's tables themselves. */
final class Night {

  final List<TableChange> tables = new ArrayList<>();
  final List<DatasetExport> exports;

  private Night(AttributeResult attributed, MetricsResult measured, ExportResult exported) {
    tables.addAll(attributed.tables());
    tables.addAll(measured.tables());
    exports = exported.datasets();
  }

  /** Adds rows to what compact fills. */
  static void land(TestLake lake, List<SampleEvent> events, List<SampleGeneration> generations) {
    RunContext run = lake.run();
    run.tables()
        .append(
            EventsTable.SPEC,
            frame(events.stream().map(SampleEvent::row).toList(), EventsTable.SPEC.schema()),
            Optional.empty());
    run.tables()
        .append(
            GenerationsTable.SPEC,
            frame(
                generations.stream().map(SampleGeneration::row).toList(),
                GenerationsTable.SPEC.schema()),
            Optional.empty());
    keepLedger(run);
  }

  /** Brings the ledger to what the tables have, as compact would. */
  static void keepLedger(RunContext run) {
    List<Row> rows = new ArrayList<>();
    for (Row source :
        run.tables()
            .read(EventsTable.SPEC)
            .groupBy("source")
            .count()
            .union(
                run.tables()
                    .read(GenerationsTable.SPEC)
                    .select(functions.lit("generate").as("source"))
                    .groupBy("source")
                    .count())
            .collectAsList()) {
      long kept = source.getLong(1);
      rows.add(
          RowFactory.create(
              "landing/" + source.getString(0),
              source.getString(0),
              History.START,
              1L,
              "",
              kept,
              kept,
              0L,
              0L,
              0L,
              0,
              null,
              null,
              "by hand",
              LedgerTable.CONSUMED));
    }
    run.tables()
        .replaceWhere(
            LedgerTable.SPEC, frame(rows, LedgerTable.SPEC.schema()), "true", Optional.empty());
  }

  static Dataset<Row> frame(List<Row> rows, StructType schema) {
    return TestLake.spark().createDataFrame(rows, schema);
  }

  /** Runs attribute, metrics, publish and export. */
  static Night run(TestLake lake) throws IOException {
    RunContext run = lake.run();
    return new Night(
        (AttributeResult) run.run(new AttributeJob()),
        (MetricsResult) run.run(new MetricsJob()),
        publishedAndExported(run));
  }

  /** Runs attribute and metrics alone and tells every table's content hash. */
  static Map<String, String> attributedAndMeasured(RunContext run) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    changes(run).forEach(table -> hashes.put(table.table(), table.contentHash()));
    return hashes;
  }

  private static List<TableChange> changes(RunContext run) throws IOException {
    List<TableChange> tables = new ArrayList<>();
    tables.addAll(((AttributeResult) run.run(new AttributeJob())).tables());
    tables.addAll(((MetricsResult) run.run(new MetricsJob())).tables());
    return tables;
  }

  /** Runs attribute and metrics, then computes everything anew, which must change nothing. */
  static void assertEqualsARebuild(TestLake lake) throws IOException {
    Map<String, String> hashes = attributedAndMeasured(lake.run());
    for (TableChange table : changes(lake.rebuild())) {
      assertThat(table.replaced()).as(table.table()).isEmpty();
      assertThat(hashes).containsEntry(table.table(), table.contentHash());
    }
  }

  private static ExportResult publishedAndExported(RunContext run) throws IOException {
    run.run(new PublishJob());
    return (ExportResult) run.run(new ExportJob());
  }

  /** Every table's and every export's content hash. */
  Map<String, String> hashes() {
    Map<String, String> hashes = new TreeMap<>();
    tables.forEach(table -> hashes.put(table.table(), table.contentHash()));
    exports.forEach(export -> hashes.put("export " + export.dataset(), export.contentHash()));
    return hashes;
  }

  /** What was written: parts of tables and of exports. */
  List<String> written() {
    List<String> written = new ArrayList<>();
    tables.forEach(
        table -> table.replaced().forEach(part -> written.add(table.table() + " " + part)));
    exports.forEach(
        export ->
            export
                .written()
                .forEach(part -> written.add("export " + export.dataset() + " " + part)));
    return written;
  }
}
