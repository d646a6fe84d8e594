package dev.copyloop.jobs.lake.parquet;

import static dev.copyloop.jobs.lake.parquet.RandomRows.LIST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.jobs.lake.Columns;
import dev.copyloop.jobs.lake.InternalRows;
import dev.copyloop.jobs.run.TestLake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written here is read by Spark and by Parquet's own reader. */
class ParquetRowsTest {
  private static final StructType SCHEMA =
      new Columns()
          .required(DataTypes.StringType, "few", "many", "apart")
          .optional(DataTypes.StringType, "text", "nothing")
          .required(DataTypes.BooleanType, "flag")
          .optional(DataTypes.BooleanType, "maybe")
          .required(DataTypes.IntegerType, "number")
          .optional(DataTypes.LongType, "long_number")
          .optional(DataTypes.DoubleType, "real")
          .optional(DataTypes.DateType, "day")
          .optional(DataTypes.TimestampType, "time")
          .optional(Columns.MONEY, "amount")
          .required(Columns.TEXTS, "texts")
          .optional(Columns.TEXTS, "more_texts")
          .required(LIST, "list")
          .optional(LIST, "more_list")
          .optional(DataTypes.BinaryType, "bytes")
          .schema();

  /** Several pages and row groups of few rows. */
  private static final ParquetRows.Limits SMALL = new ParquetRows.Limits(300, 100_000);

  private final RandomRows random = new RandomRows(5);
  @TempDir private Path folder;

  @Test
  void rowsComeBackAsTheyWere() throws IOException {
    List<InternalRow> rows = random.rows(SCHEMA, 5_250);
    Path file = written(SCHEMA, SMALL, new Configuration(false), rows);

    assertThat(read(file, SCHEMA)).isEqualTo(texts(SCHEMA, rows));
    assertThat(groups(file)).hasSizeGreaterThan(2);
  }

  @Test
  void pagesMayBeOfAllRows() throws IOException {
    List<InternalRow> rows = random.rows(SCHEMA, 1_001);
    Path file = written(SCHEMA, ParquetRows.Limits.USUAL, new Configuration(false), rows);

    assertThat(read(file, SCHEMA)).isEqualTo(texts(SCHEMA, rows));
    assertThat(groups(file)).hasSize(1);
  }

  @Test
  void aFileWithoutRowsIsOne() throws IOException {
    Path file = written(SCHEMA, SMALL, new Configuration(false), List.of());

    assertThat(read(file, SCHEMA)).isEmpty();
  }

  @Test
  void textsThatRepeatGoThroughADictionaryUnlessThatIsLonger() throws IOException {
    Configuration settings = new Configuration(false);
    settings.setBoolean(ParquetOutputFormat.ENABLE_DICTIONARY + "#apart", false);
    Path file = written(SCHEMA, SMALL, settings, random.rows(SCHEMA, 900));

    assertThat(encodings(file, "few")).contains(Encoding.RLE_DICTIONARY);
    assertThat(encodings(file, "many")).doesNotContain(Encoding.RLE_DICTIONARY);
    assertThat(encodings(file, "apart")).doesNotContain(Encoding.RLE_DICTIONARY);
  }

  /** The first pages go through a dictionary, those after it is full are spelled out. */
  @Test
  void aDictionaryThatIsFullIsLeft() throws IOException {
    StructType schema = new Columns().required(DataTypes.StringType, "text").schema();
    List<InternalRow> rows = new ArrayList<>();
    for (int i = 0; i < 6_000; i++) {
      String text = i < 1_000 ? "again" : "%06d".formatted(i) + "x".repeat(300);
      rows.add(new GenericInternalRow(new Object[] {InternalRows.text(text)}));
    }
    Path file = written(schema, SMALL, new Configuration(false), rows);

    assertThat(read(file, schema)).isEqualTo(texts(schema, rows));
    assertThat(encodings(file, "text")).contains(Encoding.RLE_DICTIONARY, Encoding.PLAIN);
  }

  @Test
  void statisticsAreThoseOfTheValues() throws IOException {
    List<InternalRow> rows = random.rows(SCHEMA, 5_250);
    Path file = written(SCHEMA, SMALL, new Configuration(false), rows);

    long before = 0;
    for (BlockMetaData group : groups(file)) {
      List<InternalRow> own = rows.subList((int) before, (int) (before + group.getRowCount()));
      for (String name : List.of("few", "many", "text", "nothing")) {
        int column = SCHEMA.fieldIndex(name);
        TreeSet<String> values =
            own.stream()
                .filter(row -> !row.isNullAt(column))
                .map(row -> row.getUTF8String(column).toString())
                .collect(Collectors.toCollection(TreeSet::new));
        Statistics<?> statistics = chunk(group, name).getStatistics();
        long nulls = own.stream().filter(row -> row.isNullAt(column)).count();
        assertThat(statistics.getNumNulls()).isEqualTo(nulls);
        assertThat(statistics.hasNonNullValue()).isEqualTo(!values.isEmpty());
        if (!values.isEmpty()) {
          assertThat(statistics.minAsString()).isEqualTo(values.first());
          assertThat(statistics.maxAsString()).isEqualTo(values.last());
        }
      }
      before += group.getRowCount();
    }
  }

  @Test
  void statisticsAreLeftOutIfNobodyWantsThem() throws IOException {
    Configuration settings = new Configuration(false);
    settings.setBoolean(ParquetOutputFormat.STATISTICS_ENABLED, false);
    Path file = written(SCHEMA, SMALL, settings, random.rows(SCHEMA, 900));

    for (ColumnChunkMetaData chunk : groups(file).get(0).getColumns()) {
      assertThat(chunk.getStatistics().hasNonNullValue()).isFalse();
    }
  }

  @Test
  void aRowWithoutWhatItMustHaveIsRefused() {
    InternalRow row = new GenericInternalRow(new Object[1 + SCHEMA.size()]);

    assertThatThrownBy(() -> written(SCHEMA, SMALL, new Configuration(false), List.of(row)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot write a row without its few");
  }

  @Test
  void aColumnThatCannotBeWrittenIsRefused() {
    StructType schema = new StructType().add("short", DataTypes.ShortType, true);

    assertThatThrownBy(() -> written(schema, SMALL, new Configuration(false), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("smallint");
  }

  /** Each row has a column more, before those of the file. */
  private Path written(
      StructType schema, ParquetRows.Limits limits, Configuration settings, List<InternalRow> rows)
      throws IOException {
    Path file = folder.resolve("rows.parquet");
    int[] places = IntStream.rangeClosed(1, schema.size()).toArray();
    try (ParquetRows out =
        new ParquetRows(new LocalOutputFile(file), schema, places, settings, limits)) {
      for (InternalRow row : rows) {
        Object[] values = new Object[1 + schema.size()];
        for (int i = 0; i < schema.size() && row.numFields() == schema.size(); i++) {
          values[1 + i] = row.get(i, schema.apply(i).dataType());
        }
        out.write(new GenericInternalRow(values));
      }
    }
    return file;
  }

  private static List<List<String>> read(Path file, StructType schema) {
    List<List<String>> rows = new ArrayList<>();
    for (InternalRow row :
        InternalRows.of(TestLake.spark().read().schema(schema).parquet(file.toString()))
            .map(InternalRow::copy)
            .collect()) {
      rows.add(texts(schema, row));
    }
    return rows;
  }

  private static List<List<String>> texts(StructType schema, List<InternalRow> rows) {
    return rows.stream().map(row -> texts(schema, row)).toList();
  }

  private static List<String> texts(StructType schema, InternalRow row) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      texts.add(row.isNullAt(i) ? null : text(row, i, schema.apply(i).dataType()));
    }
    return texts;
  }

  private static String text(InternalRow row, int i, DataType type) {
    if (type.equals(Columns.TEXTS)) {
      var map = row.getMap(i);
      List<Object> keys = Arrays.asList(map.keyArray().toObjectArray(DataTypes.StringType));
      List<Object> values = Arrays.asList(map.valueArray().toObjectArray(DataTypes.StringType));
      return keys + " " + values;
    }
    if (type.equals(DataTypes.BinaryType)) {
      return Arrays.toString(row.getBinary(i));
    }
    return type.equals(LIST)
        ? Arrays.toString(row.getArray(i).toObjectArray(DataTypes.StringType))
        : String.valueOf(row.get(i, type));
  }

  private static List<BlockMetaData> groups(Path file) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
      return reader.getFooter().getBlocks();
    }
  }

  private static ColumnChunkMetaData chunk(BlockMetaData group, String column) {
    return group.getColumns().stream()
        .filter(chunk -> chunk.getPath().toDotString().equals(column))
        .findAny()
        .orElseThrow();
  }

  private static Set<Encoding> encodings(Path file, String column) throws IOException {
    return chunk(groups(file).get(0), column).getEncodings();
  }
}
