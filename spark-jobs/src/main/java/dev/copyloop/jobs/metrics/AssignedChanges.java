package dev.copyloop.jobs.metrics;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.copyloop.jobs.attribute.row.HashedRows;
import dev.copyloop.jobs.attribute.row.RowCursor;
import dev.copyloop.jobs.hash.WantedHashes;
import dev.copyloop.jobs.lake.LakeTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The assigned units that changed with what tells of them: a unit that was one and is no more, or
 * is another, has a row with {@code sign} -1 as it was; one that is new, a row with 1.
 */
final class AssignedChanges {

  /** How often a row is there now, and how often more than that it was there before. */
  private static final String NOW = "now";

  private static final String MORE_BEFORE = "more_before";

  private AssignedChanges() {}

  /** A row that tells of a unit, now or before. */
  private record Told(int now, int moreBefore, UnitEvidence evidence) {
    static Told read(RowCursor columns) {
      return new Told(
          columns.optionalInteger(), columns.optionalInteger(), UnitEvidence.read(columns));
    }
  }

  /** The rows that tell of one unit, by how often they do. */
  private static final class Unit {
    private final Map<UnitEvidence, Integer> now = new HashMap<>();
    private final Map<UnitEvidence, Integer> before = new HashMap<>();

    void add(Told told) {
      now.merge(told.evidence, told.now, Integer::sum);
      before.merge(told.evidence, told.now + told.moreBefore, Integer::sum);
    }

    private static Optional<UnitEvidence> first(Map<UnitEvidence, Integer> rows) {
      rows.values().removeIf(count -> count == 0);
      return rows.isEmpty() ? Optional.empty() : Optional.of(UnitEvidence.first(rows.keySet()));
    }

    void addChange(List<InternalRow> changes) {
      Optional<UnitEvidence> is = first(now);
      Optional<UnitEvidence> was = first(before);
      if (is.isPresent() && was.isPresent() && is.get().tellsSame(was.get())) {
        return;
      }
      is.ifPresent(unit -> changes.add(unit.unit(1)));
      was.ifPresent(unit -> changes.add(unit.unit(-1)));
    }
  }

  /**
   * Of all evidence what tells of the units that changed evidence tells of.
   *
   * @param changed with {@link LakeTables#GAINED}
   */
  static Dataset<Row> ofSameUnits(Dataset<Row> evidence, Dataset<Row> changed) {
    return WantedHashes.of(changed.select(AssignedUnits.key()))
        .among(evidence, AssignedUnits.key());
  }

  /**
   * The changed units, shaped as {@link AssignedUnits#of}.
   *
   * @param now of {@link #ofSameUnits}
   */
  static Dataset<Row> of(Dataset<Row> now, Dataset<Row> changed) {
    List<Column> columns = new ArrayList<>(HashedRows.columns(NOW, MORE_BEFORE));
    columns.addAll(UnitEvidence.COLUMNS);
    Column before = when(col(LakeTables.GAINED), lit(-1)).otherwise(lit(1));
    Dataset<Row> told =
        now.withColumn(NOW, lit(1))
            .withColumn(MORE_BEFORE, lit(0))
            .unionByName(
                changed
                    .withColumn(NOW, lit(0))
                    .withColumn(MORE_BEFORE, before)
                    .drop(LakeTables.GAINED));
    return HashedRows.of(told, AssignedUnits.key(), columns, Told::read)
        .folded(AssignedChanges::changes, UnitEvidence.UNIT);
  }

  private static Iterator<InternalRow> changes(List<Told> group) {
    Map<UnitEvidence.Key, List<Told>> units =
        group.stream().collect(Collectors.groupingBy(told -> told.evidence.key()));
    List<InternalRow> changes = new ArrayList<>();
    for (List<Told> rows : units.values()) {
      Unit unit = new Unit();
      rows.forEach(unit::add);
      unit.addChange(changes);
    }
    return changes.iterator();
  }
}
