package dev.copyloop.jobs.attribute;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.copyloop.jobs.attribute.person.Persons;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import dev.copyloop.jobs.attribute.table.AttributionKeys;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.hash.RowHash;
import dev.copyloop.jobs.hash.WantedHashes;
import dev.copyloop.jobs.hash.WantedHashes.Search;
import dev.copyloop.jobs.lake.TableReader;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds rows of the tables whose person a changed name concerns. */
final class ConcernedRows {

  private static final RowHash NAME = AttributionKeys.person("person");
  private static final String AMBIGUOUS = "ambiguous";

  private final WantedHashes names;
  private final boolean wasAmbiguous;

  /**
   * @param moved of {@link IdentifierChanges#moved}
   */
  ConcernedRows(Dataset<Row> moved) {
    Dataset<Row> before = moved.select(col("org"), col("old_person").as("person"), mark());
    // A name of the key may be a caller's, whose generations move to the other's deliveries.
    Dataset<Row> now =
        moved.where(col("is_key")).select(col("org"), col("new_person").as("person"), mark());
    List<WantedHashes> hashes =
        WantedHashes.ofEach(before.unionByName(now).select(person().as("name"), col(AMBIGUOUS)));
    this.names = hashes.get(0);
    this.wasAmbiguous = hashes.get(1).count() > 0;
  }

  /** Whether no name stands for somebody else now. */
  boolean isEmpty() {
    return names.count() == 0 && !wasAmbiguous;
  }

  /** A number where a name was ambiguous, else null. */
  private static Column mark() {
    return when(col("was_ambiguous"), 1L).as(AMBIGUOUS);
  }

  private static Column person() {
    return AttributionKeys.person(col("person"));
  }

  /**
   * What finds the deliveries whose person may be another now, or whose copy may be of another
   * generation, by rows of their table.
   *
   * @param callers people with changed generations: {@code org} and {@code person}
   */
  Search[] searches(Dataset<Row> callers, SettingsIndex settings) {
    WantedHashes called = WantedHashes.of(callers.select(person()));
    return new Search[] {
      new Search(called, settings.asksPersons() ? NAME : NAME.whereNull("journey_id")),
      new Search(names, NAME)
    };
  }

  /** The keys of those that are not found like that, some maybe several times. */
  Dataset<Row> further(TableReader tables) {
    return key(ambiguous(tables.read(AttributionTables.DELIVERIES)))
        .unionByName(key(renamedCalls(tables)));
  }

  private Dataset<Row> renamedCalls(TableReader tables) {
    return renamed(
        tables
            .read(AttributionTables.WEBHOOK_CALLS)
            .select("org", "workspace", "delivery_id", "person"));
  }

  /** The keys of rows of a table. */
  static Dataset<Row> key(Dataset<Row> rows) {
    return rows.select(AttributionKeys.ofRow().as(AttributionKeys.KEY));
  }

  /**
   * The rows that are about somebody by a name that stands for somebody else now, or stood.
   *
   * @param rows some columns of a table
   */
  Dataset<Row> renamed(Dataset<Row> rows) {
    return names.among(rows, NAME).unionByName(ambiguous(rows));
  }

  /** The rows whose name stood for nobody, if one of those stands for somebody now. */
  private Dataset<Row> ambiguous(Dataset<Row> rows) {
    if (!wasAmbiguous) {
      return rows.where(lit(false));
    }
    boolean hasReason = List.of(rows.columns()).contains("person_reason");
    return rows.where(
        hasReason
            ? coalesce(col("person_reason").equalTo(Persons.USER_AMBIGUOUS), lit(false))
            : col("person").isNull());
  }
}
