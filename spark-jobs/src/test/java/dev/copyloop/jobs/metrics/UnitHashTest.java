package dev.copyloop.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.hash.RowHash;
import dev.copyloop.jobs.hash.SameHash;
import dev.copyloop.jobs.lake.Columns;
import dev.copyloop.jobs.run.TestLake;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnitHashTest {

  private static final StructType SCHEMA =
      new Columns()
          .required(DataTypes.StringType, "org")
          .optional(DataTypes.StringType, "template_id", "journey_id", "exposure_id")
          .optional(DataTypes.StringType, "tracking_id", "generation_id")
          .schema();

  static Stream<RowHash> hashes() {
    return Stream.of(AssignedUnits.OF_GENERATION, AssignedUnits.OF_CALL, AssignedUnits.OF_DELIVERY);
  }

  private static Dataset<Row> rows() {
    List<Row> rows = new ArrayList<>();
    String[] texts = {null, "", "a", "Übersicht", "a longer text than the 32 bytes of a block"};
    for (int i = 0; i < 250; i++) {
      String journey = texts[(i / 5) % 5];
      String alone = texts[(i / 25) % 5];
      rows.add(
          RowFactory.create(
              i % 2 == 0 ? "acme" : "other", texts[i % 5], journey, alone, journey, alone));
    }
    return TestLake.spark().createDataFrame(rows, SCHEMA);
  }

  @ParameterizedTest
  @MethodSource("hashes")
  void isThatOfTheExpression(RowHash hash) {
    SameHash.assertSame(hash, rows());
  }

  @ParameterizedTest
  @MethodSource("hashes")
  void isTheKeyOfEvidence(RowHash hash) {
    Dataset<Row> named = rows().withColumn("unit", ((UnitHash) hash).unit());

    assertThat(named.where(hash.column().notEqual(AssignedUnits.key())).count()).isZero();
  }

  @Test
  void aJourneyIsTheSameUnitWhoeverTellsOfIt() {
    Dataset<Row> journeys = rows().where("journey_id IS NOT NULL");

    assertThat(
            journeys
                .where(
                    AssignedUnits.OF_GENERATION
                        .column()
                        .notEqual(AssignedUnits.OF_DELIVERY.column())
                        .or(
                            AssignedUnits.OF_CALL
                                .column()
                                .notEqual(AssignedUnits.OF_DELIVERY.column())))
                .count())
        .isZero();
  }
}
