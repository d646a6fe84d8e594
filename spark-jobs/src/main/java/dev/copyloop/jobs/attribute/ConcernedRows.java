package dev.copyloop.jobs.attribute;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.copyloop.jobs.attribute.person.Persons;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import dev.copyloop.jobs.attribute.table.AttributionKeys;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.hash.WantedHashes;
import dev.copyloop.jobs.lake.TableReader;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds rows of the tables whose person a changed name concerns. */
final class ConcernedRows {

  private static final String CALLER = "caller";
  private static final String NAMED = "named";
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
   * The keys of deliveries whose person may be another now, or whose copy may be of another
   * generation, some maybe several times.
   *
   * @param callers people with changed generations: {@code org} and {@code person}
   */
  Dataset<Row> deliveries(TableReader tables, Dataset<Row> callers, SettingsIndex settings) {
    WantedHashes called = WantedHashes.of(callers.select(person()));
    Column isSearching = settings.asksPersons() ? lit(true) : col("journey_id").isNull();
    Dataset<Row> all = tables.read(AttributionTables.DELIVERIES);
    Dataset<Row> hashes =
        all.select(
            AttributionKeys.ofRow().as(AttributionKeys.KEY),
            when(isSearching, person()).as(CALLER),
            person().as(NAMED));
    Dataset<Row> found =
        called.amongEither(hashes, col(CALLER), names, col(NAMED)).select(AttributionKeys.KEY);
    return isEmpty()
        ? found
        : found
            .unionByName(key(ambiguous(all)))
            .unionByName(key(renamed(tables.read(AttributionTables.WEBHOOK_CALLS))));
  }

  private static Dataset<Row> key(Dataset<Row> rows) {
    return rows.select(AttributionKeys.ofRow().as(AttributionKeys.KEY));
  }

  /** The rows that are about somebody by a name that stands for somebody else now, or stood. */
  Dataset<Row> renamed(Dataset<Row> rows) {
    return names.among(rows, person()).unionByName(ambiguous(rows));
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
