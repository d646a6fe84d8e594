package dev.copyloop.jobs.lake.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.io.api.Binary;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Encodes a column's values as pages: the format's version 1, "Data Pages" and "Encodings" of its
 * specification. Texts go through a dictionary as long as that is shorter. For each place of a row
 * the levels are told first, then the value, if there is one. Not thread-safe.
 */
final class LeafColumn {

  static final int PAGE_BYTES = 1024 * 1024;
  private static final int FIRST_CAPACITY = 64;
  private static final int[] NONE = {};

  private final ColumnDescriptor descriptor;
  private final boolean hasStatistics;

  /** Null: it lies in no list. */
  private final Levels repetition;

  /** Null: there is always a value. */
  private final Levels definition;

  private final GrowingBytes plain = new GrowingBytes();

  /** Null: no page of the row group needs one. */
  private TextDictionary dictionary;

  /** Whether texts go through the dictionary; otherwise they are written plainly. */
  private boolean isNumbering;

  private int[] numbers = NONE;

  /** How many texts of the page are numbers, and how long they would be plainly. */
  private int numbered;

  private long numberedBytes;

  /** Flags are written bit by bit. */
  private int flags;

  private int flagCount;

  /** Of the page. */
  private Statistics<?> statistics;

  private PageWriter pages;
  private int pageCount;
  private int places;
  private int rows;

  LeafColumn(ColumnDescriptor descriptor, boolean hasStatistics) {
    this.descriptor = descriptor;
    this.hasStatistics = hasStatistics;
    this.statistics = newStatistics();
    this.repetition = levels(descriptor.getMaxRepetitionLevel());
    this.definition = levels(descriptor.getMaxDefinitionLevel());
  }

  private Statistics<?> newStatistics() {
    return hasStatistics
        ? Statistics.createStats(descriptor.getPrimitiveType())
        : Statistics.noopStats(descriptor.getPrimitiveType());
  }

  private static Levels levels(int most) {
    return most == 0 ? null : new Levels(most);
  }

  /** Bits for numbers up to one. */
  static int width(int most) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(most);
  }

  /** Begins the pages of a row group. */
  void begin(PageWriter writer, boolean hasDictionary) {
    pages = writer;
    pageCount = 0;
    dictionary = hasDictionary ? new TextDictionary() : null;
    isNumbering = hasDictionary;
  }

  /** Tells the next place of a column that lies in no list: 1 for a value, 0 for null. */
  void define(int level) {
    places++;
    if (definition != null) {
      definition.put(level);
      if (hasStatistics && level < descriptor.getMaxDefinitionLevel()) {
        statistics.incrementNumNulls();
      }
    }
  }

  /** Tells the next place of a column that may lie in a list. */
  void define(int level, int repeated) {
    if (repetition != null) {
      repetition.put(repeated);
    }
    define(level);
  }

  /** Puts a text, or bytes of any length. */
  void putText(UTF8String text) {
    if (!isNumbering) {
      plain.putText(text);
      note(text);
      return;
    }
    if (numbered == numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.max(FIRST_CAPACITY, 2 * numbered));
    }
    numbers[numbered++] = dictionary.numberOf(text);
    numberedBytes += Integer.BYTES + text.numBytes();
  }

  private void note(UTF8String text) {
    if (hasStatistics) {
      statistics.updateStats(Binary.fromReusedByteArray(text.getBytes()));
    }
  }

  void putInt(int value) {
    plain.putInt(value);
    statistics.updateStats(value);
  }

  void putLong(long value) {
    plain.putLong(value);
    statistics.updateStats(value);
  }

  void putDouble(double value) {
    plain.putLong(Double.doubleToRawLongBits(value));
    statistics.updateStats(value);
  }

  void putBytes(byte[] value) {
    plain.putBytes(value);
    statistics.updateStats(Binary.fromConstantByteArray(value));
  }

  void putFlag(boolean flag) {
    statistics.updateStats(flag);
    flags |= (flag ? 1 : 0) << flagCount++;
    if (flagCount == Byte.SIZE) {
      endFlags();
    }
  }

  private void endFlags() {
    plain.putBytes((byte) flags);
    flags = 0;
    flagCount = 0;
  }

  /** Tells of rows that are whole; a page that is full is written. */
  void endRows(int count, int mostRows) throws IOException {
    rows += count;
    if (rows >= mostRows || plain.length() >= PAGE_BYTES || numberedBytes >= PAGE_BYTES) {
      writePage();
    }
  }

  /** About how many bytes it has. */
  long bytes() {
    long texts = dictionary == null ? 0 : dictionary.bytes();
    return pages.getMemSize() + texts + plain.length() + (long) Integer.BYTES * numbered;
  }

  /** Ends the pages of a row group, and keeps no memory for the next one. */
  void end() throws IOException {
    if (rows > 0) {
      writePage();
    }
    if (dictionary != null && pageCount > 0) {
      pages.writeDictionaryPage(dictionary.page());
    }
    dictionary = null;
    numbers = NONE;
    plain.release();
  }

  private void writePage() throws IOException {
    if (flagCount > 0) {
      endFlags();
    }
    if (isNumbering && pageCount == 0 && !dictionaryPays()) {
      spellOut();
    }
    boolean isNumbered = isNumbering;
    if (isNumbered && hasStatistics) {
      noteNumbered();
    }
    List<BytesInput> parts = new ArrayList<>();
    if (repetition != null) {
      parts.add(repetition.bytes());
    }
    if (definition != null) {
      parts.add(definition.bytes());
    }
    parts.add(isNumbered ? encodedNumbers() : plain.all());
    pages.writePage(
        BytesInput.concat(parts),
        places,
        rows,
        statistics,
        Encoding.RLE,
        Encoding.RLE,
        isNumbered ? Encoding.RLE_DICTIONARY : Encoding.PLAIN);
    clear();
  }

  /** Whether the first page and its dictionary are shorter than the texts. */
  private boolean dictionaryPays() {
    return dictionary.bytes() + (long) numbered * numberWidth() / Byte.SIZE < numberedBytes;
  }

  private int numberWidth() {
    return width(Math.max(0, dictionary.size() - 1));
  }

  /** Takes each text of the page into account once. */
  private void noteNumbered() {
    BitSet noted = new BitSet(dictionary.size());
    for (int i = 0; i < numbered; i++) {
      if (!noted.get(numbers[i])) {
        noted.set(numbers[i]);
        note(dictionary.text(numbers[i]));
      }
    }
  }

  /** Goes on without a dictionary. */
  private void spellOut() {
    for (int i = 0; i < numbered; i++) {
      UTF8String text = dictionary.text(numbers[i]);
      plain.putText(text);
      note(text);
    }
    dictionary = null;
    isNumbering = false;
  }

  /** The numbers behind their width, as they stand in a page. */
  private BytesInput encodedNumbers() throws IOException {
    int width = numberWidth();
    ByteArrayOutputStream out = new ByteArrayOutputStream(numbered);
    out.write(width);
    try (var encoder =
        new RunLengthBitPackingHybridEncoder(
            width, FIRST_CAPACITY, PAGE_BYTES, new HeapByteBufferAllocator())) {
      for (int i = 0; i < numbered; i++) {
        encoder.writeInt(numbers[i]);
      }
      encoder.toBytes().writeAllTo(out);
    }
    return BytesInput.from(out.toByteArray());
  }

  private void clear() {
    pageCount++;
    statistics = newStatistics();
    places = 0;
    rows = 0;
    numbered = 0;
    numberedBytes = 0;
    plain.clear();
    if (repetition != null) {
      repetition.clear();
    }
    if (definition != null) {
      definition.clear();
    }
    isNumbering &= dictionary != null && dictionary.bytes() < PAGE_BYTES;
  }
}
