package dev.copyloop.jobs.metrics;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.copyloop.jobs.attribute.row.HashedRows;
import dev.copyloop.jobs.hash.KeyHashes;
import dev.copyloop.jobs.hash.SignedRows;
import dev.copyloop.jobs.hash.WantedHashes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;

/**
 * The units that a campaign's split assigned, each once: a journey, or what stands alone where no
 * journey is known. Treatment is what called us, or tried to, or was sent by a treatment's action;
 * control is any delivery of a control action in a journey that did not call. So a treatment whose
 * call was lost stays treatment.
 */
final class AssignedUnits {

  private AssignedUnits() {}

  /**
   * What tells of units, several rows of one unit.
   *
   * @param generations those that are counted
   * @param further columns of all three to keep
   */
  static Dataset<Row> evidence(
      Dataset<Row> deliveries,
      Dataset<Row> calls,
      Dataset<Row> generations,
      OrgDays days,
      String... further) {
    return ofGenerations(generations, days, further)
        .unionByName(withoutGenerations(deliveries, calls, days, further));
  }

  /** What tells of units beside generations. */
  static Dataset<Row> withoutGenerations(
      Dataset<Row> deliveries, Dataset<Row> calls, OrgDays days, String... further) {
    return ofCalls(calls, days, further).unionByName(ofDeliveries(deliveries, further));
  }

  /**
   * The units that are told of several times, by {@link #key}. As a rule a unit is told of once,
   * and needs to meet no other row; so the hashes of all units are shuffled, and only of these the
   * rows.
   */
  static WantedHashes repeated(Dataset<Row> evidence) {
    return KeyHashes.repeatedOnes(evidence.select(key()));
  }

  /** Whether a generation alone tells of its unit; empty if too many units are repeated to say. */
  static Optional<Column> isAlone(WantedHashes repeated) {
    Column key = xxhash64(col("org"), col("template_id"), unitOfGeneration());
    return repeated.contains(key).map(functions::not);
  }

  /**
   * Units that evidence tells of.
   *
   * @param once of this those that are told of once
   * @param several of this those that are told of several times
   */
  static Dataset<Row> of(Dataset<Row> once, Dataset<Row> several, WantedHashes repeated) {
    if (repeated.count() == 0) {
      return units(once);
    }
    return units(repeated.notAmong(once, key()))
        .unionByName(together(repeated.among(several, key())));
  }

  /** What tells units apart. */
  static Column key() {
    return xxhash64(col("org"), col("template_id"), col("unit"));
  }

  /** The units that evidence tells of, which may be several rows of one. */
  private static Dataset<Row> together(Dataset<Row> evidence) {
    return HashedRows.of(evidence, key(), UnitEvidence.COLUMNS, UnitEvidence::read)
        .folded(AssignedUnits::firsts, UnitEvidence.UNIT);
  }

  private static Iterator<InternalRow> firsts(List<UnitEvidence> group) {
    return group.stream().collect(Collectors.groupingBy(UnitEvidence::key)).values().stream()
        .map(rows -> UnitEvidence.first(rows).unit(1))
        .iterator();
  }

  private static Dataset<Row> units(Dataset<Row> rows) {
    return rows.select("org", "template_id", "copy_key", "arm", "channel", "workspace", "at")
        .withColumn(SignedRows.SIGN, lit(1L));
  }

  /** A generation tells most: it knows the copy; the latest one holds. */
  private static Dataset<Row> ofGenerations(
      Dataset<Row> generations, OrgDays days, String... further) {
    return evidence(
        generations
            .withColumn("channel", days.templateChannel())
            .withColumn("copy_key", DailyFacts.copyKeyOfGeneration()),
        unitOfGeneration(),
        lit(0),
        unix_micros(col("occurred_at")).multiply(-1),
        "generation_id",
        "occurred_at",
        further);
  }

  private static Column unitOfGeneration() {
    return coalesce(journey("tracking_id"), alone("g", "generation_id"));
  }

  private static Dataset<Row> ofCalls(Dataset<Row> calls, OrgDays days, String... further) {
    Dataset<Row> usable =
        calls
            .where(col("template_id").isNotNull().and(col("journey_id").isNotNull()))
            .withColumn("channel", days.templateChannel())
            .withColumn("copy_key", lit("unknown"))
            .withColumn("arm", lit("treatment"));
    return evidence(
        usable,
        journey("journey_id"),
        lit(1),
        unix_micros(col("called_at")),
        "delivery_id",
        "called_at",
        further);
  }

  /**
   * A delivery whose generation is known is of that generation's unit, and tells less of it, unless
   * the generation is another journey's.
   */
  private static Dataset<Row> ofDeliveries(Dataset<Row> deliveries, String... further) {
    Dataset<Row> usable =
        deliveries.where(
            col("template_id").isNotNull().and(col("generation_id").isNull().or(col("stale"))));
    return evidence(
        usable,
        coalesce(journey("journey_id"), alone("e", "exposure_id")),
        when(col("arm").equalTo("treatment"), lit(1)).otherwise(lit(2)),
        unix_micros(col("anchor_at")),
        "delivery_id",
        "anchor_at",
        further);
  }

  private static Dataset<Row> evidence(
      Dataset<Row> rows,
      Column unit,
      Column rank,
      Column timeOrder,
      String id,
      String at,
      String... further) {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                col("org"),
                col("template_id"),
                unit.as("unit"),
                rank.as("rank"),
                timeOrder.as("time_order"),
                col(id).as("id"),
                col("copy_key"),
                col("arm"),
                col("channel"),
                col("workspace"),
                col(at).as("at")));
    for (String name : further) {
      columns.add(col(name));
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  private static Column journey(String column) {
    return alone("j", column);
  }

  private static Column alone(String mark, String column) {
    return concat(lit(mark), col(column));
  }
}
