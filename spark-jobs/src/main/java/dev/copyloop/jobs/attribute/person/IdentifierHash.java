package dev.copyloop.jobs.attribute.person;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.xxhash64;

import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import dev.copyloop.jobs.attribute.table.AttributionTables;
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
      return new OfRows(columns, "person", new KeyKinds(columns.fieldIndex("org"), settings));
    }
  }

  /** The kind of the key of rows' orgs. */
  private static final class KeyKinds implements Function<InternalRow, UTF8String> {
    private final int org;
    private final SettingsIndex settings;

    /** That of the row before; null before the first row. */
    private UTF8String lastOrg;

    private UTF8String kind;

    KeyKinds(int org, SettingsIndex settings) {
      this.org = org;
      this.settings = settings;
    }

    @Override
    public UTF8String apply(InternalRow row) {
      UTF8String next = row.getUTF8String(org);
      if (!next.equals(lastOrg)) {
        lastOrg = next.copy();
        kind = UTF8String.fromString(settings.userKey(next.toString()).label());
      }
      return kind;
    }
  }

  private static final class OfRows implements RowHash.Hashing {
    private final int org;
    private final int text;
    private final Function<InternalRow, UTF8String> kinds;
    private final JoinedText joined = new JoinedText();

    /** What the row before began with; null before the first row. */
    private UTF8String lastOrg;

    private long ofOrg;

    OfRows(StructType columns, String text, Function<InternalRow, UTF8String> kinds) {
      this.org = columns.fieldIndex("org");
      this.text = columns.fieldIndex(text);
      this.kinds = kinds;
    }

    @Override
    public boolean isAmong(InternalRow row, LongPredicate wanted) {
      if (row.isNullAt(text)) {
        return false;
      }
      UTF8String next = row.getUTF8String(org);
      if (!next.equals(lastOrg)) {
        lastOrg = next.copy();
        ofOrg = XXH64.hashUTF8String(lastOrg, JoinedText.SEED);
      }
      joined.cutTo(0).add(kinds.apply(row)).add(':').add(row.getUTF8String(text));
      return wanted.test(joined.hash(ofOrg));
    }
  }
}
