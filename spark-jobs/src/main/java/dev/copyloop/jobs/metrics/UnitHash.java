package dev.copyloop.jobs.metrics;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import dev.copyloop.jobs.attribute.table.JoinedText;
import dev.copyloop.jobs.hash.RowHash;
import java.io.Serializable;
import java.util.List;
import java.util.function.LongPredicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The assigned unit that a row tells of, by org, template and name: that of {@link
 * AssignedUnits#key}. What is null is left out, as Spark does.
 *
 * @param names of which the first that is not null names the unit
 */
record UnitHash(List<Name> names) implements RowHash {
  private static final long serialVersionUID = 1L;

  /**
   * A column of texts that name units.
   *
   * @param mark tells units of one kind from those of another
   */
  record Name(char mark, String column) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** By journey. */
    static Name journey(String column) {
      return new Name('j', column);
    }
  }

  UnitHash {
    names = List.copyOf(names);
  }

  static UnitHash of(Name... names) {
    return new UnitHash(List.of(names));
  }

  /** The unit's name, unique in its template. */
  Column unit() {
    return coalesce(
        names.stream()
            .map(name -> concat(lit(String.valueOf(name.mark())), col(name.column())))
            .toArray(Column[]::new));
  }

  @Override
  public Column column() {
    return xxhash64(col("org"), col("template_id"), unit());
  }

  @Override
  public Hashing on(StructType columns) {
    return new OfRows(columns, names);
  }

  private static final class OfRows implements Hashing {
    private final int org;
    private final int template;
    private final int[] names;
    private final char[] marks;
    private final JoinedText text = new JoinedText();

    OfRows(StructType columns, List<Name> names) {
      this.org = columns.fieldIndex("org");
      this.template = columns.fieldIndex("template_id");
      this.names = names.stream().mapToInt(name -> columns.fieldIndex(name.column())).toArray();
      this.marks = new char[names.size()];
      for (int i = 0; i < marks.length; i++) {
        marks[i] = names.get(i).mark();
      }
    }

    @Override
    public boolean isAmong(InternalRow row, LongPredicate wanted) {
      long ofOrg = XXH64.hashUTF8String(row.getUTF8String(org), JoinedText.SEED);
      long ofTemplate =
          row.isNullAt(template) ? ofOrg : XXH64.hashUTF8String(row.getUTF8String(template), ofOrg);
      return wanted.test(withName(row, ofTemplate));
    }

    private long withName(InternalRow row, long hash) {
      for (int i = 0; i < names.length; i++) {
        if (!row.isNullAt(names[i])) {
          UTF8String name = row.getUTF8String(names[i]);
          return text.cutTo(0).add(marks[i]).add(name).hash(hash);
        }
      }
      return hash;
    }
  }
}
