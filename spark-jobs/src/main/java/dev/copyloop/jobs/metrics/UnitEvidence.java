package dev.copyloop.jobs.metrics;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import dev.copyloop.jobs.attribute.row.HashedRows;
import dev.copyloop.jobs.attribute.row.RowCursor;
import dev.copyloop.jobs.hash.SignedRows;
import dev.copyloop.jobs.lake.Columns;
import dev.copyloop.jobs.lake.InternalRows;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A row that tells of an assigned unit, see {@link AssignedUnits}. Of several rows of a unit the
 * least one holds.
 *
 * @param unit unique in its template
 * @param rank how little it tells
 * @param timeOrder of rows of a rank the least one holds
 * @param at epoch microseconds
 */
record UnitEvidence(
    String org,
    String templateId,
    String unit,
    Integer rank,
    Long timeOrder,
    String id,
    String copyKey,
    String arm,
    String channel,
    String workspace,
    Long at) {

  /** The unit that rows tell of. */
  record Key(String org, String templateId, String unit) {}

  /** The columns that are read. */
  static final List<Column> COLUMNS =
      HashedRows.columns(
          "org",
          "template_id",
          "unit",
          "rank",
          "time_order",
          "id",
          "copy_key",
          "arm",
          "channel",
          "workspace",
          "at");

  /** A unit with its {@link SignedRows#SIGN}. */
  static final StructType UNIT =
      new Columns()
          .required(StringType, "org", "template_id")
          .optional(StringType, "copy_key", "arm", "channel", "workspace")
          .optional(TimestampType, "at")
          .required(LongType, SignedRows.SIGN)
          .schema();

  /** By bytes, as Spark compares texts. */
  private static final Comparator<String> TEXTS =
      nullsFirst(
          (one, other) -> UTF8String.fromString(one).binaryCompare(UTF8String.fromString(other)));

  private static final Comparator<UnitEvidence> ORDER =
      comparing(UnitEvidence::rank)
          .thenComparing(UnitEvidence::timeOrder, nullsFirst(naturalOrder()))
          .thenComparing(UnitEvidence::id, TEXTS)
          .thenComparing(UnitEvidence::copyKey, TEXTS)
          .thenComparing(UnitEvidence::arm, TEXTS)
          .thenComparing(UnitEvidence::channel, TEXTS)
          .thenComparing(UnitEvidence::workspace, TEXTS)
          .thenComparing(UnitEvidence::at, nullsFirst(naturalOrder()));

  static UnitEvidence read(RowCursor columns) {
    return new UnitEvidence(
        columns.text(),
        columns.text(),
        columns.text(),
        columns.optionalInteger(),
        columns.optionalNumber(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.optionalNumber());
  }

  Key key() {
    return new Key(org, templateId, unit);
  }

  /** What holds of a unit's rows, of which there is one at least. */
  static UnitEvidence first(Collection<UnitEvidence> rows) {
    return Collections.min(rows, ORDER);
  }

  /** Whether both tell the same of their units. */
  boolean tellsSame(UnitEvidence other) {
    return unit(0).equals(other.unit(0));
  }

  /** What it tells, shaped as {@link #UNIT}. */
  InternalRow unit(long sign) {
    return new GenericInternalRow(
        new Object[] {
          InternalRows.text(org),
          InternalRows.text(templateId),
          InternalRows.text(copyKey),
          InternalRows.text(arm),
          InternalRows.text(channel),
          InternalRows.text(workspace),
          at,
          sign
        });
  }
}
