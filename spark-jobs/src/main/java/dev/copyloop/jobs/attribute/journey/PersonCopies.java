package dev.copyloop.jobs.attribute.journey;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.xxhash64;

import dev.copyloop.jobs.attribute.person.Persons;
import dev.copyloop.jobs.attribute.row.HashedRows;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import dev.copyloop.jobs.attribute.table.AttributionKeys;
import dev.copyloop.jobs.lake.GroupSums;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Finds the copy of treatments whose journey does not tell: the answer was stored on the person's
 * profile, or the events name no journey.
 */
final class PersonCopies {

  private PersonCopies() {}

  static Dataset<Row> resolve(
      Dataset<Row> deliveries, Dataset<Row> generations, Persons persons, SettingsIndex settings) {
    Column awaits = col("awaits_person").and(col("person").isNotNull());
    Dataset<Row> pending = deliveries.where(awaits);
    // A count is one job over what is kept in memory; isEmpty would look at it bit by bit.
    if (GroupSums.count(pending) == 0) {
      return deliveries;
    }
    Dataset<Row> ofPersons =
        AttributionKeys.among(
            persons
                .resolvedByKey(generations.withColumn("person", Persons.ofCaller(settings)))
                .where(col("person").isNotNull()),
            xxhash64(searched()),
            pending.select(xxhash64(searched())));
    Dataset<Row> found =
        HashedRows.named(
                pending,
                searched(),
                HashedRows.columns(DeliveryRows.SCHEMA.fieldNames()),
                DeliveryRows::read)
            .meeting(
                HashedRows.named(
                    ofPersons,
                    searched(),
                    GenerationRows.columns(),
                    columns -> GenerationRows.read(columns, settings)),
                PersonCopies::ofPersons,
                DeliveryRows.SCHEMA);
    return deliveries.where(awaits.equalTo(false)).unionByName(found);
  }

  /** Whose copies of which template. */
  private static Column searched() {
    return concat_ws("\u0000", col("org"), col("template_id"), col("person"));
  }

  private static Iterator<InternalRow> ofPersons(
      List<HashedRows.Named<Delivery>> deliveries,
      List<HashedRows.Named<GenerationRef>> generations) {
    Map<String, List<GenerationRef>> byName = HashedRows.Named.byName(generations);
    return deliveries.stream()
        .map(each -> matched(each.row(), byName.getOrDefault(each.name(), List.of())))
        .map(DeliveryRows::write)
        .iterator();
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
