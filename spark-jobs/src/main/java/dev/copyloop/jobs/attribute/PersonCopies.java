package dev.copyloop.jobs.attribute;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Finds the copy of treatments whose journey does not tell: the answer was stored on the person's
 * profile, or the events name no journey.
 */
final class PersonCopies {

  private static final String GROUP = "group_key";

  private PersonCopies() {}

  static Dataset<Row> resolve(
      Dataset<Row> deliveries, Dataset<Row> generations, Persons persons, SettingsIndex settings) {
    Column searched = col("awaits_person").and(col("person").isNotNull());
    Dataset<Row> pending = deliveries.where(searched);
    // A count is one job over what is kept in memory; isEmpty would look at it bit by bit.
    if (pending.count() == 0) {
      return deliveries;
    }
    Dataset<Row> searching = pending.withColumn(GROUP, key(col("person")));
    Dataset<Row> ofPersons =
        AttributionKeys.among(
            persons
                .resolved(
                    generations
                        .withColumn("person", Persons.ofCaller(settings))
                        .withColumn("keyed", lit(true)))
                .where(col("person").isNotNull())
                .withColumn(GROUP, key(col("person"))),
            xxhash64(col(GROUP)),
            searching.select(xxhash64(col(GROUP))));
    Dataset<Row> found =
        DeliverySteps.grouped(searching, GROUP)
            .cogroup(
                DeliverySteps.grouped(ofPersons, GROUP),
                (CoGroupFunction<String, Row, Row, Row>)
                    (key, rows, refs) -> ofPerson(rows, DeliverySteps.refs(refs, settings)),
                Encoders.row(DeliveryRows.SCHEMA));
    return deliveries.where(searched.equalTo(false)).unionByName(found);
  }

  private static Column key(Column person) {
    return concat_ws("\u0000", col("org"), col("template_id"), person);
  }

  private static Iterator<Row> ofPerson(Iterator<Row> rows, List<GenerationRef> generations) {
    List<Row> found = new ArrayList<>();
    rows.forEachRemaining(
        row -> found.add(DeliveryRows.write(matched(DeliveryRows.read(row), generations))));
    return found.iterator();
  }

  static Delivery matched(Delivery delivery, List<GenerationRef> generations) {
    long copyAt = delivery.times().copyAt();
    Optional<GenerationRef> generation =
        delivery.ids().journeyId() == null
            ? CopySearch.recentOfPerson(generations, copyAt)
            : CopySearch.ofPerson(generations, copyAt);
    return Matched.treatment(delivery, delivery.claim(), generation);
  }
}
