package dev.copyloop.jobs.attribute.person;

import dev.copyloop.jobs.lake.InternalRows;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecificInternalRow;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The identifiers of stars as numbers: the hash of org and identifier, and the star's anchor. There
 * are several to each delivery, too many to be exploded to rows of texts. Not thread-safe.
 */
final class IdentifierPoints implements Iterator<InternalRow> {

  private static final long SEED = 42;

  private static final StructType NUMBERS =
      new StructType()
          .add("point", DataTypes.LongType, false)
          .add("anchor", DataTypes.LongType, false);

  private final Iterator<InternalRow> stars;
  private final SpecificInternalRow point = new SpecificInternalRow(NUMBERS);
  private ArrayData identifiers;
  private int next;
  private long ofOrg;

  private IdentifierPoints(Iterator<InternalRow> stars) {
    this.stars = stars;
  }

  /**
   * The points of stars.
   *
   * @param stars org, identifiers of which there is at least one, anchor
   */
  static Dataset<Row> of(Dataset<Row> stars) {
    return InternalRows.frame(
        stars.sparkSession(), InternalRows.of(stars).mapPartitions(IdentifierPoints::new), NUMBERS);
  }

  @Override
  public boolean hasNext() {
    return (identifiers != null && next < identifiers.numElements()) || stars.hasNext();
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException("No further point");
    }
    if (identifiers == null || next == identifiers.numElements()) {
      begin(stars.next());
    }
    UTF8String identifier = identifiers.getUTF8String(next++);
    point.setLong(0, XXH64.hashUTF8String(identifier, ofOrg));
    return point;
  }

  private void begin(InternalRow star) {
    ofOrg = XXH64.hashUTF8String(star.getUTF8String(0), SEED);
    identifiers = star.getArray(1);
    next = 0;
    point.setLong(1, star.getLong(2));
  }
}
