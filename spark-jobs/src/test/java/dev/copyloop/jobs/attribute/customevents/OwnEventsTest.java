package dev.copyloop.jobs.attribute.customevents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.landing.Source;
import dev.copyloop.events.landing.Verification;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.TestLake;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The condition of a query and the look at each row are one. */
class OwnEventsTest {
  private static final int ROWS = 500;
  private static final List<Source> SOURCES = List.of(Source.values());
  private static final List<Verification> VERIFICATIONS = List.of(Verification.values());

  @TempDir private Path folder;

  @Test
  void areTheSameByQueryAndByRow() {
    RunContext run = TestLake.in(folder).run();
    run.tables().append(EventsTable.SPEC, events(), Optional.empty());
    Dataset<Row> table = run.tables().read(EventsTable.SPEC);

    List<String> byQuery = texts(CustomEventSteps.ownEvents(table));
    List<String> byRow = texts(CustomEventSteps.ownEventsAmong(table));
    List<String> byCopiedRow = texts(CustomEventSteps.ownEventsAmong(table.where("rand() >= 0")));

    assertThat(byRow).hasSizeBetween(1, ROWS - 1).isEqualTo(byQuery);
    assertThat(byCopiedRow).isEqualTo(byQuery);
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.orderBy("event_id").collectAsList().stream().map(Row::toString).toList();
  }

  /** Of any source and verification, whatever else they have. */
  private static Dataset<Row> events() {
    Random random = new Random(20261127);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      Map<String, Object> required =
          Map.of(
              "event_id",
              "event %03d".formatted(i),
              "source",
              any(SOURCES, random).label(),
              "verification",
              any(VERIFICATIONS, random).label());
      rows.add(row(required, random));
    }
    return TestLake.spark().createDataFrame(rows, EventsTable.SPEC.schema());
  }

  private static Row row(Map<String, Object> values, Random random) {
    List<Object> row = new ArrayList<>();
    for (StructField field : EventsTable.SPEC.schema().fields()) {
      boolean isNull = field.nullable() && random.nextBoolean();
      row.add(isNull ? null : values.getOrDefault(field.name(), any(field, random)));
    }
    return RowFactory.create(row.toArray());
  }

  private static <T> T any(List<T> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }

  private static Object any(StructField field, Random random) {
    return switch (field.dataType().typeName()) {
      case "date" -> Date.valueOf("2026-03-0" + (1 + random.nextInt(3)));
      case "timestamp" -> new Timestamp(1_772_323_200_000L + random.nextInt(86_400_000));
      case "boolean" -> random.nextBoolean();
      case "integer" -> 1 + random.nextInt(100);
      case "long" -> random.nextLong();
      case "string" -> field.name() + " " + random.nextInt(10);
      default -> BigDecimal.valueOf(random.nextInt(10_000), 2);
    };
  }
}
