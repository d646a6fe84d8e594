package dev.copyloop.jobs.attribute.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.attribute.journey.SampleSettings;
import dev.copyloop.jobs.attribute.person.IdentifierHash;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import dev.copyloop.jobs.hash.RowHash;
import dev.copyloop.jobs.lake.ChosenRows;
import dev.copyloop.jobs.lake.Columns;
import dev.copyloop.jobs.run.TestLake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RowHashTest {

  private static final StructType SCHEMA =
      new Columns()
          .required(DataTypes.StringType, "org")
          .optional(DataTypes.StringType, "workspace", "delivery_id", "person", "tracking_id")
          .required(DataTypes.StringType, "kind", "identifier")
          .optional(DataTypes.LongType, "key")
          .schema();

  static Stream<RowHash> hashes() {
    SettingsIndex settings = new SettingsIndex(SampleSettings.plain());
    return Stream.of(
        AttributionKeys.DELIVERY,
        new DeliveryHash(Map.of("acme", "production", "other", "staging")),
        AttributionKeys.person("person"),
        AttributionKeys.journey("tracking_id"),
        AttributionKeys.person("person").whereNull("tracking_id"),
        IdentifierHash.own(),
        IdentifierHash.ofPerson(settings),
        RowHash.ofNumber("key"));
  }

  private static Dataset<Row> rows() {
    List<Row> rows = new ArrayList<>();
    String[] orgs = {"acme", "acme", "other", "bürgerlich", "acme"};
    String[] texts = {null, "", "production", "a", "ein längerer Text mit Ümlauten, 32 Bytes lang"};
    for (int i = 0; i < 250; i++) {
      rows.add(
          RowFactory.create(
              orgs[i / 50],
              texts[i % 3],
              texts[i % 5],
              texts[(i / 3) % 5],
              texts[(i / 5) % 5],
              i % 2 == 0 ? "id" : "email",
              "identifier-" + i % 7,
              i % 4 == 0 ? null : (Long) (long) i));
    }
    return TestLake.spark().createDataFrame(rows, SCHEMA);
  }

  /** By a hash of each row that a query computes, of those that have an id and a person. */
  @ParameterizedTest
  @MethodSource("hashes")
  void isThatOfTheExpression(RowHash hash) {
    Dataset<Row> rows =
        rows()
            .na()
            .drop(new String[] {"delivery_id", "person"})
            .withColumn("expected", hash.column());
    Dataset<Row> chosen =
        ChosenRows.of(
            rows,
            columns -> {
              RowHash.Hashing hashing = hash.on(columns);
              int expected = columns.fieldIndex("expected");
              return row ->
                  hashing.isAmong(
                      row, value -> !row.isNullAt(expected) && value == row.getLong(expected));
            });

    assertThat(chosen.count()).isEqualTo(rows.where("expected IS NOT NULL").count()).isPositive();
  }
}
