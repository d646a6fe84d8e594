package dev.copyloop.jobs.attribute;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Computes {@code person_identifiers} of the identifiers that occurred together: by {@link
 * PersonGraph}, over clusters that share no identifier. What occurs around one id of Customer.io is
 * a cluster, as long as no other cluster shares any of it; the few that are entangled are
 * understood together, one task per org.
 *
 * <p>A function of the set of links. So the table of yesterday is understood with today's links by
 * giving {@link #links} of it beside them.
 */
final class PersonIdentifiers {

  private static final String TOGETHER = "identifiers";
  private static final String GROUP = "group_key";
  private static final String SEPARATOR = "\u0000";

  private PersonIdentifiers() {}

  /** The links that rows with columns {@code org} and {@code identifiers} tell of. */
  static Dataset<Row> together(Dataset<Row> rows) {
    return rows.where(size(col(TOGETHER)).gt(1)).select("org", TOGETHER);
  }

  /** The links that a table of identifiers was made of. */
  static Dataset<Row> links(Dataset<Row> table) {
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
   * @param together of {@link #together} and {@link #links}, in any order and number
   */
  static Dataset<Row> of(Dataset<Row> together, SettingsIndex settings) {
    // Most orgs name people by one identifier: then nothing is linked.
    if (together.count() == 0) {
      return together
          .sparkSession()
          .createDataFrame(List.of(), AttributionTables.PERSON_IDENTIFIERS.schema());
    }
    Dataset<Row> anchored = together.withColumn("anchor", anchor());
    Dataset<Row> clusters =
        anchored
            .groupBy("org", "anchor")
            .agg(collect_set(concat_ws(SEPARATOR, col(TOGETHER))).as("together"))
            .join(entangled(anchored), new String[] {"org", "anchor"}, "left")
            .select(
                concat_ws(
                        SEPARATOR,
                        col("org"),
                        when(col("entangled"), lit("")).otherwise(col("anchor")))
                    .as(GROUP),
                col("org"),
                col("together"));
    return DeliverySteps.grouped(clusters, GROUP)
        .flatMapGroups(
            (FlatMapGroupsFunction<String, Row, Row>) (key, rows) -> cluster(rows, settings),
            Encoders.row(AttributionTables.PERSON_IDENTIFIERS.schema()));
  }

  /** The one identifier to gather others by: the least that does not pass to other people. */
  private static Column anchor() {
    return coalesce(
        expr("get(filter(identifiers, each -> each LIKE 'cio\\_id:%'), 0)"),
        expr("get(filter(identifiers, each -> each LIKE 'id:%'), 0)"),
        expr("get(identifiers, 0)"));
  }

  private static Dataset<Row> entangled(Dataset<Row> anchored) {
    return anchored
        .select(col("org"), col("anchor"), explode(col(TOGETHER)).as("identifier"))
        .groupBy("org", "identifier")
        .agg(collect_set(col("anchor")).as("anchors"))
        .where(size(col("anchors")).gt(1))
        .select(col("org"), explode(col("anchors")).as("anchor"))
        .distinct()
        .withColumn("entangled", lit(true));
  }

  private static Iterator<Row> cluster(Iterator<Row> stars, SettingsIndex settings) {
    List<List<Identifier>> together = new ArrayList<>();
    String org = null;
    while (stars.hasNext()) {
      Row star = stars.next();
      org = star.getString(1);
      star.<String>getList(2).forEach(group -> together.add(identifiers(group)));
    }
    PersonGraph graph = PersonGraph.of(settings.personKeys(org), together);
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<Identifier, String> person : graph.persons().entrySet()) {
      rows.add(row(org, person.getKey(), person.getValue(), graph));
    }
    return rows.iterator();
  }

  private static List<Identifier> identifiers(String group) {
    return Arrays.stream(group.split(SEPARATOR)).map(Identifier::parse).toList();
  }

  private static Row row(String org, Identifier identifier, String person, PersonGraph graph) {
    boolean ambiguous = person.equals(PersonGraph.AMBIGUOUS);
    return RowFactory.create(
        org,
        identifier.kind().label(),
        identifier.value(),
        ambiguous ? null : person,
        ambiguous,
        graph.linkedWith(identifier).stream()
            .map(Identifier::text)
            .sorted()
            .toArray(String[]::new));
  }
}
