package dev.copyloop.jobs.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.lake.Columns;
import dev.copyloop.jobs.run.TestLake;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class ContentHashesTest {

  private static final StructType SCHEMA =
      new Columns()
          .required(DataTypes.StringType, "part")
          .optional(DataTypes.StringType, "first", "second")
          .optional(Columns.MONEY, "value")
          .optional(DataTypes.TimestampType, "at")
          .optional(Columns.TEXTS, "vars")
          .schema();

  private static Row row(String part, String first, String second, Map<String, String> vars) {
    return RowFactory.create(
        part,
        first,
        second,
        new BigDecimal("1.500000"),
        Timestamp.from(Instant.parse("2026-11-03T10:00:00.000001Z")),
        vars);
  }

  private static String hash(Row... rows) {
    Dataset<Row> frame = TestLake.spark().createDataFrame(List.of(rows), SCHEMA);
    return ContentHashes.of(frame, Arrays.asList(SCHEMA.fieldNames())).toString();
  }

  private static Map<String, String> vars(String... keys) {
    Map<String, String> vars = new LinkedHashMap<>();
    for (String key : keys) {
      vars.put(key, "text");
    }
    return vars;
  }

  /** Manifests and stages' memories of earlier releases carry such hashes. */
  @Test
  void everyTypeIsSpelledAsEver() {
    StructType item = new Columns().required(DataTypes.StringType, "name").schema();
    StructType schema =
        new Columns()
            .optional(DataTypes.StringType, "text", "nothing")
            .optional(DataTypes.IntegerType, "int")
            .optional(DataTypes.LongType, "long")
            .optional(DataTypes.BooleanType, "flag")
            .optional(DataTypes.DoubleType, "double")
            .optional(Columns.MONEY, "money")
            .optional(DataTypes.BinaryType, "bytes")
            .optional(DataTypes.TimestampType, "time")
            .optional(DataTypes.DateType, "date")
            .optional(DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType), "map")
            .optional(DataTypes.createArrayType(item.add("number", DataTypes.IntegerType)), "list")
            .schema();
    Map<String, String> map = vars("\uffee", "b", "\ud800\udc00", "a");
    map.put("b", null);
    Row full =
        RowFactory.create(
            "Gr\u00fc\u00dfe \u20ac",
            null,
            -7,
            7L,
            true,
            0.25,
            new BigDecimal("-1.5"),
            new byte[] {0, 1, -1},
            Timestamp.from(Instant.parse("2026-11-03T10:00:00.000001Z")),
            Date.valueOf("2026-11-03"),
            map,
            Arrays.asList(RowFactory.create("x", 1), null));
    Row empty =
        RowFactory.create("", null, null, null, null, null, null, null, null, null, null, null);

    Dataset<Row> frame = TestLake.spark().createDataFrame(List.of(full, empty), schema);

    assertThat(ContentHashes.of(frame, Arrays.asList(schema.fieldNames())))
        .hasToString("v1:2:4e1b30ea09ea37a2a4ec4b96cfc5c411:0dc30895f5e5379d428b8b96afb0338d");
  }

  @Test
  void groupsAreNamedByDatesAndTexts() {
    StructType schema =
        new Columns()
            .optional(DataTypes.StringType, "org")
            .optional(DataTypes.DateType, "date")
            .schema();
    Row row = RowFactory.create("acme", Date.valueOf("2026-11-03"));
    Dataset<Row> frame =
        TestLake.spark().createDataFrame(List.of(row, row, RowFactory.create(null, null)), schema);

    assertThat(ContentHashes.byGroup(frame, List.of("org", "date"), List.of("org")))
        .hasEntrySatisfying("acme|2026-11-03", hash -> assertThat(hash.rows()).isEqualTo(2))
        .hasEntrySatisfying("", hash -> assertThat(hash.rows()).isEqualTo(1))
        .hasSize(2);
  }

  @Test
  void neitherTheOrderOfRowsNorThatOfAMapChangesAHash() {
    assertThat(hash(row("p", "a", "b", vars("x", "y")), row("p", "c", "d", vars())))
        .isEqualTo(hash(row("p", "c", "d", vars()), row("p", "a", "b", vars("y", "x"))));
  }

  @Test
  void valuesDoNotRunIntoEachOther() {
    assertThat(hash(row("p", "ab", "c", vars()))).isNotEqualTo(hash(row("p", "a", "bc", vars())));
    assertThat(hash(row("p", null, "a", vars()))).isNotEqualTo(hash(row("p", "a", null, vars())));
    assertThat(hash(row("p", "", "a", vars()))).isNotEqualTo(hash(row("p", null, "a", vars())));
  }

  @Test
  void twinsDoNotCancelOut() {
    Row twin = row("p", "a", "b", vars());

    assertThat(hash(twin, twin)).startsWith("v1:2:").isNotEqualTo(hash());
  }

  @Test
  void groupsAddUpToTheWhole() {
    Dataset<Row> frame =
        TestLake.spark()
            .createDataFrame(
                List.of(row("p", "a", "b", vars()), row("q", "c", "d", vars("x"))), SCHEMA);
    List<String> columns = Arrays.asList(SCHEMA.fieldNames());

    Map<String, ContentHash> groups = ContentHashes.byGroup(frame, List.of("part"), columns);

    assertThat(groups).containsOnlyKeys("p", "q");
    assertThat(groups.get("p").plus(groups.get("q"))).isEqualTo(ContentHashes.of(frame, columns));
  }

  @Test
  void rowsThatPassTwiceCountOnce() {
    Dataset<Row> frame =
        TestLake.spark()
            .createDataFrame(
                List.of(row("p", "a", "b", vars()), row("q", "c", "d", vars("x"))), SCHEMA);
    PassingRows passing = new PassingRows(frame, List.of("part"));

    assertThat(passing.byGroup()).isEmpty();
    assertThat(passing.rows(2).count()).isEqualTo(2);
    assertThat(passing.rows(1).count()).isEqualTo(2);

    assertThat(passing.byGroup())
        .isEqualTo(
            ContentHashes.byGroup(frame, List.of("part"), Arrays.asList(SCHEMA.fieldNames())));
  }

  @Test
  void rowsAreCountedUpToALimit() {
    Dataset<Row> frame = TestLake.spark().range(10).repartition(2).toDF();
    PassingRows passing = new PassingRows(frame, List.of());

    assertThat(passing.countUpTo(100)).isEqualTo(10);
    assertThat(passing.countUpTo(4)).isEqualTo(5);
    assertThat(passing.byGroup()).isEmpty();
  }

  @Test
  void sumCarriesFromTheLowerHalfToTheUpper() {
    ContentHash low = new ContentHash(1, 0, -1, 0, -1);
    RunningHash running = new RunningHash();
    running.add(halves(0, -1));
    running.add(halves(0, 1));

    assertThat(low.plus(new ContentHash(1, 0, 1, 0, 1))).isEqualTo(new ContentHash(2, 1, 0, 0, -2));
    assertThat(running.result()).isEqualTo(new ContentHash(2, 1, 0, 0, -2));
  }

  private static byte[] halves(long high, long low) {
    return ByteBuffer.allocate(32).putLong(high).putLong(low).array();
  }
}
