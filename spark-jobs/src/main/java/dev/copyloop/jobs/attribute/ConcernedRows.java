package dev.copyloop.jobs.attribute;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.copyloop.jobs.lake.TableReader;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds rows of the tables whose person a changed name concerns. */
final class ConcernedRows {

  private ConcernedRows() {}

  /**
   * The keys of deliveries whose person may be another now, or whose copy may be of another
   * generation.
   *
   * @param moved of {@link IdentifierChanges#moved}
   * @param callers people with changed generations: {@code org} and {@code person}
   */
  static Dataset<Row> deliveries(
      TableReader tables, Dataset<Row> moved, Dataset<Row> callers, SettingsIndex settings) {
    Dataset<Row> all = tables.read(AttributionTables.DELIVERIES);
    Dataset<Row> searching = settings.asksPersons() ? all : all.where(col("journey_id").isNull());
    Dataset<Row> called =
        key(
            AttributionKeys.among(
                searching,
                AttributionKeys.person(col("person")),
                callers.select(AttributionKeys.person(col("person")))));
    return (moved.count() == 0
            ? called
            : called
                .unionByName(key(renamed(all, moved)))
                .unionByName(key(renamed(tables.read(AttributionTables.WEBHOOK_CALLS), moved))))
        .distinct();
  }

  private static Dataset<Row> key(Dataset<Row> rows) {
    return rows.select(AttributionKeys.ofRow().as(AttributionKeys.KEY));
  }

  /** The rows that are about somebody by a name that stands for somebody else now, or stood. */
  static Dataset<Row> renamed(Dataset<Row> rows, Dataset<Row> moved) {
    // A name of the key may be a caller's, whose generations move to the other's deliveries.
    Dataset<Row> names =
        moved
            .select(col("org"), col("old_person").as("person"))
            .unionByName(
                moved.where(col("is_key")).select(col("org"), col("new_person").as("person")))
            .select(AttributionKeys.person(col("person")));
    Column person = AttributionKeys.person(col("person"));
    Dataset<Row> named = AttributionKeys.among(rows, person, names);
    boolean hasReason = List.of(rows.columns()).contains("person_reason");
    boolean wasAmbiguous = moved.where(col("was_ambiguous")).count() > 0;
    return wasAmbiguous
        ? named.unionByName(
            rows.where(
                hasReason
                    ? coalesce(
                        col("person_reason").equalTo(AttributedEvent.USER_AMBIGUOUS), lit(false))
                    : col("person").isNull()))
        : named;
  }
}
