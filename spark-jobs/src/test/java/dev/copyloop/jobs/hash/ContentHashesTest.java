package dev.copyloop.jobs.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.lake.Columns;
import dev.copyloop.jobs.run.TestLake;
import java.math.BigDecimal;
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
  void sumCarriesFromTheLowerHalfToTheUpper() {
    ContentHash low = new ContentHash(1, 0, -1, 0, -1);

    assertThat(low.plus(new ContentHash(1, 0, 1, 0, 1))).isEqualTo(new ContentHash(2, 1, 0, 0, -2));
  }
}
