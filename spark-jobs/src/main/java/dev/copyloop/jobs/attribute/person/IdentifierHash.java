package dev.copyloop.jobs.attribute.person;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.xxhash64;

import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.attribute.table.ByOrg;
import dev.copyloop.jobs.attribute.table.JoinedText;
import dev.copyloop.jobs.hash.RowHash;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * An identifier that a row of {@link AttributionTables#PERSON_IDENTIFIERS} names, with its org: a
 * text {@code <kind>:<identifier>}.
 */
public final class IdentifierHash {

  private IdentifierHash() {}

  /** The row's own. */
  public static RowHash own() {
    return new Own();
  }

  /** The one of the org's key that the row's {@code person} is; none where that is null. */
  public static RowHash ofPerson(SettingsIndex settings) {
    return new OfPerson(settings);
  }

  private record Own() implements RowHash {
    private static final long serialVersionUID = 1L;

    @Override
    public Column column() {
      return xxhash64(col("org"), concat_ws(":", col("kind"), col("identifier")));
    }

    @Override
    public Hashing on(StructType columns) {
      int kind = columns.fieldIndex("kind");
      return new OfRows(columns, "identifier", row -> row.getUTF8String(kind));
    }
  }

  private record OfPerson(SettingsIndex settings) implements RowHash {
    private static final long serialVersionUID = 1L;

    @Override
    public Column column() {
      return xxhash64(col("org"), Persons.keyText(settings));
    }

    @Override
    public Hashing on(StructType columns) {
      ByOrg<UTF8String> kinds =
          new ByOrg<>(
              columns, org -> UTF8String.fromString(settings.userKey(org.toString()).label()));
      return new OfRows(columns, "person", kinds::of);
    }
  }

  private static final class OfRows implements RowHash.Hashing {
    private final int text;
    private final Function<InternalRow, UTF8String> kinds;

    /** What the hash begins with. */
    private final ByOrg<Long> starts;

    private final JoinedText joined = new JoinedText();

    OfRows(StructType columns, String text, Function<InternalRow, UTF8String> kinds) {
      this.text = columns.fieldIndex(text);
      this.kinds = kinds;
      this.starts = new ByOrg<>(columns, org -> XXH64.hashUTF8String(org, JoinedText.SEED));
    }

    @Override
    public boolean isAmong(InternalRow row, LongPredicate wanted) {
      if (row.isNullAt(text)) {
        return false;
      }
      joined.cutTo(0).add(kinds.apply(row)).add(':').add(row.getUTF8String(text));
      return wanted.test(joined.hash(starts.of(row)));
    }
  }
}
