package dev.copyloop.jobs.attribute.person;

import static dev.copyloop.jobs.lake.InternalRows.text;
import static dev.copyloop.jobs.lake.InternalRows.texts;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.copyloop.jobs.attribute.row.HashedRows;
import dev.copyloop.jobs.attribute.settings.Identifier;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import dev.copyloop.jobs.attribute.table.AttributionKeys;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.hash.GatheredNumbers;
import dev.copyloop.jobs.hash.WantedHashes;
import dev.copyloop.jobs.lake.GroupSums;
import dev.copyloop.jobs.lake.InternalRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Computes {@code person_identifiers} of the identifiers that occurred together: by {@link
 * PersonGraph}, over clusters that share no identifier. What occurs around one id of Customer.io is
 * a cluster, as long as no other cluster shares any of it; the few that are entangled are
 * understood together, one task per org.
 *
 * <p>A function of the set of links. So the table of yesterday is understood with today's links by
 * giving {@link #links} of it beside them.
 */
public final class PersonIdentifiers {

  private static final String TOGETHER = "identifiers";
  private static final String ANCHOR = "anchor";

  /** Identifiers that occurred together, as sorted texts. */
  private record Star(String org, ArrayData identifiers) {}

  private PersonIdentifiers() {}

  /** The links that rows with columns {@code org} and {@code identifiers} tell of. */
  public static Dataset<Row> together(Dataset<Row> rows) {
    return rows.where(size(col(TOGETHER)).gt(1)).select("org", TOGETHER);
  }

  /** The links that a table of identifiers was made of. */
  public static Dataset<Row> links(Dataset<Row> table) {
    return table
        .withColumn("other", explode(col("linked_with")))
        .select(
            col("org"),
            array_sort(array(concat_ws(":", col("kind"), col("identifier")), col("other")))
                .as(TOGETHER));
  }

  /**
   * The table, shaped as {@link AttributionTables#PERSON_IDENTIFIERS}.
   *
   * @param together of {@link #together} and {@link #links}, in any order and number; read more
   *     than once
   */
  public static Dataset<Row> of(Dataset<Row> together, SettingsIndex settings) {
    // Most orgs name people by one identifier: then nothing is linked.
    if (GroupSums.count(together) == 0) {
      return together
          .sparkSession()
          .createDataFrame(List.of(), AttributionTables.PERSON_IDENTIFIERS.schema());
    }
    Dataset<Row> stars =
        together.select(col("org"), col(TOGETHER), xxhash64(col("org"), anchor()).as(ANCHOR));
    return HashedRows.of(
            withEntangledOnes(stars),
            col(ANCHOR),
            HashedRows.columns("org", TOGETHER),
            columns -> new Star(columns.text(), columns.array()))
        .folded(group -> clusters(group, settings), AttributionTables.PERSON_IDENTIFIERS.schema());
  }

  /** The one identifier to gather others by: the least that does not pass to other people. */
  private static Column anchor() {
    return expr(
        "CASE WHEN startswith(identifiers[0], 'email:')"
            + " THEN coalesce(get(filter(identifiers, each -> NOT startswith(each, 'email:')), 0), identifiers[0])"
            + " ELSE identifiers[0] END");
  }

  /** The stars, all that are entangled with another by one anchor per org. */
  private static Dataset<Row> withEntangledOnes(Dataset<Row> stars) {
    Dataset<Row> points = IdentifierPoints.of(stars);
    WantedHashes shared =
        WantedHashes.of(GatheredNumbers.hashesWhere(points, PersonIdentifiers::isOfSeveral));
    if (shared.count() == 0) {
      return stars;
    }
    Dataset<Row> anchors =
        shared.among(points, col("point")).select(col(ANCHOR).as("point_of")).distinct();
    return stars
        .join(
            AttributionKeys.buildSide(anchors, shared.count()),
            col(ANCHOR).equalTo(col("point_of")),
            "left")
        .withColumn(
            ANCHOR, when(col("point_of").isNotNull(), xxhash64(col("org"))).otherwise(col(ANCHOR)));
  }

  /** Whether points of one hash are of several anchors. */
  private static boolean isOfSeveral(List<long[]> points) {
    for (long[] each : points) {
      if (each[1] != points.get(0)[1]) {
        return true;
      }
    }
    return false;
  }

  private static Iterator<InternalRow> clusters(List<Star> stars, SettingsIndex settings) {
    Star first = stars.get(0);
    if (stars.stream().allMatch(first::equals)) {
      LoneStar star = LoneStar.of(settings.personKeys(first.org()), first.identifiers());
      Optional<UTF8String> person = star.person();
      if (person.isPresent()) {
        return star.rows(text(first.org()), person.get()).iterator();
      }
    }
    return graphs(stars, settings).iterator();
  }

  private static List<InternalRow> graphs(List<Star> stars, SettingsIndex settings) {
    Map<String, Set<List<String>>> byOrg = new HashMap<>();
    for (Star star : stars) {
      byOrg
          .computeIfAbsent(star.org(), org -> new HashSet<>())
          .add(InternalRows.strings(star.identifiers()));
    }
    List<InternalRow> rows = new ArrayList<>();
    byOrg.forEach(
        (org, together) -> {
          List<List<Identifier>> links = together.stream().map(texts -> parsed(texts)).toList();
          addAll(rows, org, PersonGraph.of(settings.personKeys(org), links));
        });
    return rows;
  }

  private static List<Identifier> parsed(List<String> texts) {
    List<Identifier> identifiers = new ArrayList<>(texts.size());
    texts.forEach(text -> identifiers.add(Identifier.parse(text)));
    return identifiers;
  }

  private static void addAll(List<InternalRow> rows, String org, PersonGraph graph) {
    graph
        .persons()
        .forEach(
            (each, person) -> {
              List<String> others =
                  graph.linkedWith(each).stream().map(Identifier::text).sorted().toList();
              rows.add(row(org, each, person, others));
            });
  }

  private static InternalRow row(
      String org, Identifier identifier, String person, List<String> linkedWith) {
    boolean ambiguous = person.equals(PersonGraph.AMBIGUOUS);
    return new GenericInternalRow(
        new Object[] {
          text(org),
          text(identifier.kind().label()),
          text(identifier.value()),
          ambiguous ? null : text(person),
          ambiguous,
          texts(linkedWith)
        });
  }
}
