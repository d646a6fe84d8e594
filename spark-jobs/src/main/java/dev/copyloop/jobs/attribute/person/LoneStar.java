package dev.copyloop.jobs.attribute.person;

import static dev.copyloop.jobs.lake.InternalRows.text;

import dev.copyloop.events.settings.UserKey;
import dev.copyloop.jobs.attribute.settings.PersonKeys;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Identifiers that occurred together and with no others, which is how most people are known: then
 * all stand for one person, and {@link PersonGraph} need not be asked. Texts are not decoded.
 *
 * @param identifiers as {@code <kind>:<identifier>}, all different
 */
record LoneStar(PersonKeys keys, List<UTF8String> identifiers) {

  /** A kind of identifiers and how their texts begin. */
  private record Kind(UserKey key, UTF8String label, UTF8String prefix) {

    static Kind of(UserKey key) {
      return new Kind(key, text(key.label()), text(key.label() + ":"));
    }

    boolean isOf(UTF8String identifier) {
      return identifier.startsWith(prefix);
    }

    /** The identifier without its kind, in the same bytes. */
    UTF8String value(UTF8String identifier) {
      return UTF8String.fromAddress(
          identifier.getBaseObject(),
          identifier.getBaseOffset() + prefix.numBytes(),
          identifier.numBytes() - prefix.numBytes());
    }
  }

  private static final List<Kind> KINDS = Arrays.stream(UserKey.values()).map(Kind::of).toList();

  static LoneStar of(PersonKeys keys, ArrayData texts) {
    List<UTF8String> identifiers = new ArrayList<>(texts.numElements());
    for (int i = 0; i < texts.numElements(); i++) {
      identifiers.add(texts.getUTF8String(i));
    }
    return new LoneStar(keys, identifiers);
  }

  /**
   * The person's name: the identifier of the org's key, plain, else the one of the least kind with
   * its kind. Empty if that needs the graph: if several are of that kind, or none is of an account.
   */
  Optional<UTF8String> person() {
    UTF8String least = null;
    Kind named = null;
    boolean isOneOfSeveral = false;
    boolean hasAccount = false;
    for (UTF8String each : identifiers) {
      Kind kind = kind(each);
      hasAccount |= kind.key() != UserKey.EMAIL || kind.key() == keys.key();
      isOneOfSeveral = kind.equals(named) || (isOneOfSeveral && !isBefore(kind, named));
      if (isBefore(kind, named)) {
        least = each;
        named = kind;
      }
    }
    if (!hasAccount || isOneOfSeveral) {
      return Optional.empty();
    }
    return Optional.of(named.key() == keys.key() ? named.value(least) : least);
  }

  /** Whether an identifier of a kind names a person rather than one of another, null: of none. */
  private boolean isBefore(Kind kind, Kind other) {
    return other == null
        || (other.key() != keys.key()
            && (kind.key() == keys.key() || kind.key().compareTo(other.key()) < 0));
  }

  private static Kind kind(UTF8String identifier) {
    for (Kind kind : KINDS) {
      if (kind.isOf(identifier)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("Invalid identifier '%s': no kind".formatted(identifier));
  }

  /** The rows of {@link AttributionTables#PERSON_IDENTIFIERS} if all stand for that person. */
  List<InternalRow> rows(UTF8String org, UTF8String person) {
    List<InternalRow> rows = new ArrayList<>(identifiers.size());
    for (int i = 0; i < identifiers.size(); i++) {
      UTF8String identifier = identifiers.get(i);
      Kind kind = kind(identifier);
      Object[] row = {org, kind.label(), kind.value(identifier), person, false, others(i)};
      rows.add(new GenericInternalRow(row));
    }
    return rows;
  }

  private ArrayData others(int without) {
    Object[] others = new Object[identifiers.size() - 1];
    for (int i = 0; i < others.length; i++) {
      others[i] = identifiers.get(i < without ? i : i + 1);
    }
    return new GenericArrayData(others);
  }
}
