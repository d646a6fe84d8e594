package dev.copyloop.jobs.attribute;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.copyloop.jobs.attribute.person.IdentifierHash;
import dev.copyloop.jobs.attribute.person.PersonIdentifiers;
import dev.copyloop.jobs.attribute.person.Persons;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import dev.copyloop.jobs.attribute.table.AttributionKeys;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.hash.RowHash;
import dev.copyloop.jobs.hash.WantedHashes;
import dev.copyloop.jobs.hash.WantedHashes.Search;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Who is who among the people that some identifiers lead to: all that is known of those, and what
 * new links make of it. Nobody else is looked at.
 */
final class IdentifierChanges {

  private static final String TEXT = "text";

  private final Dataset<Row> present;
  private final long presentCount;
  private final Dataset<Row> computed;
  private final SettingsIndex settings;

  /**
   * @param table shaped as {@link AttributionTables#PERSON_IDENTIFIERS}
   * @param texts identifiers of an org, each as {@code <kind>:<identifier>}
   * @param together of {@link PersonIdentifiers#together}
   */
  IdentifierChanges(
      Dataset<Row> table, Dataset<Row> texts, Dataset<Row> together, SettingsIndex settings) {
    this.settings = settings;
    Dataset<Row> all =
        texts
            .select("org", TEXT)
            .unionByName(together.select(col("org"), explode(col("identifiers")).as(TEXT)));
    RowHash own = IdentifierHash.own();
    WantedHashes wanted = WantedHashes.of(all.select(hash(TEXT)));
    // As a rule one of a person's identifiers is the name, which all of them stand for.
    Dataset<Row> reached =
        AttributionKeys.kept(
            WantedHashes.amongAny(
                table,
                new Search(wanted, own),
                new Search(wanted, IdentifierHash.ofPerson(settings))));
    Links links = Links.of(reached);
    while (links.missing().count() > 0) {
      reached = AttributionKeys.kept(reached.unionByName(links.missing().among(table, own)));
      links = Links.of(reached);
    }
    this.present = reached;
    this.presentCount = links.count();
    this.computed =
        AttributionKeys.kept(
            PersonIdentifiers.of(PersonIdentifiers.links(present).unionByName(together), settings));
  }

  private static Column hash(String text) {
    return xxhash64(col("org"), col(text));
  }

  /**
   * What rows of the table are linked with.
   *
   * @param count how many rows there are, about
   * @param missing what they are linked with and is not among them
   */
  private record Links(long count, WantedHashes missing) {

    static Links of(Dataset<Row> rows) {
      List<WantedHashes> hashes =
          WantedHashes.ofEach(
              rows.select(
                      col("org"),
                      IdentifierHash.own().column().as("own"),
                      explode(col("linked_with")).as("other"))
                  .select(col("own"), hash("other")));
      return new Links(hashes.get(0).count(), hashes.get(1).without(hashes.get(0)));
    }
  }

  /** The table's rows of those people. */
  Dataset<Row> present() {
    return present;
  }

  /** What those rows have to be. */
  Dataset<Row> computed() {
    return computed;
  }

  /**
   * The names that stand for somebody else now: {@code org}, the {@code name}, whether it {@code
   * is_key}, {@code old_person} and {@code new_person}, null where it stood or stands for nobody,
   * and whether it {@code was_ambiguous}.
   */
  Dataset<Row> moved() {
    Dataset<Row> before =
        present.select(
            col("org"),
            col("kind"),
            col("identifier"),
            col("person").as("old_person"),
            col("ambiguous").as("was_ambiguous"));
    Column name = Persons.ownName(settings);
    return computed
        .join(
            AttributionKeys.buildSide(before, presentCount),
            new String[] {"org", "kind", "identifier"},
            "left")
        .select(
            col("org"),
            name.as("name"),
            name.equalTo(col("identifier")).as("is_key"),
            when(col("was_ambiguous").isNull(), name).otherwise(col("old_person")).as("old_person"),
            col("person").as("new_person"),
            col("was_ambiguous").equalTo(true).as("was_ambiguous"))
        .where(not(col("old_person").eqNullSafe(col("new_person"))));
  }
}
