package dev.copyloop.jobs.attribute.person;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.settings.UserKey;
import dev.copyloop.jobs.attribute.journey.SampleSettings;
import dev.copyloop.jobs.attribute.settings.Identifier;
import dev.copyloop.jobs.attribute.settings.PersonKeys;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import dev.copyloop.jobs.lake.Columns;
import dev.copyloop.jobs.run.TestLake;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class PersonIdentifiersTest {

  private static final SettingsIndex SETTINGS = new SettingsIndex(SampleSettings.plain());

  private static Dataset<Row> together(List<String> links) {
    List<Row> rows =
        links.stream()
            .map(
                link ->
                    RowFactory.create(
                        "acme", new TreeSet<>(List.of(link.split(" "))).toArray(String[]::new)))
            .toList();
    return TestLake.spark()
        .createDataFrame(
            rows,
            new Columns()
                .required(DataTypes.StringType, "org")
                .required(DataTypes.createArrayType(DataTypes.StringType, false), "identifiers")
                .schema());
  }

  private static List<String> table(Dataset<Row> together) {
    return PersonIdentifiers.of(together, SETTINGS).collectAsList().stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }

  private static List<String> links() {
    Random random = new Random(11);
    List<String> links = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      int person = random.nextInt(60);
      String address = "email:e" + (random.nextInt(10) == 0 ? random.nextInt(60) : person);
      links.add("id:u" + person + " " + address);
      links.add("cio_id:c" + person + " " + (random.nextBoolean() ? "id:u" + person : address));
      if (random.nextInt(20) == 0) {
        links.add("id:u" + person + " id:u" + (person + 1));
      }
    }
    return links;
  }

  @Test
  void clustersAreUnderstoodAsTheWholeGraphIs() {
    List<String> links = links();
    PersonGraph whole =
        PersonGraph.of(
            new PersonKeys(UserKey.ID, UserKey.ID),
            links.stream()
                .map(link -> Arrays.stream(link.split(" ")).map(Identifier::parse).toList())
                .toList());
    List<String> persons = new ArrayList<>();
    whole.persons().forEach((each, person) -> persons.add(each.text() + " " + person));

    assertThat(
            PersonIdentifiers.of(together(links), SETTINGS).collectAsList().stream()
                .map(
                    row ->
                        row.getString(1)
                            + ":"
                            + row.getString(2)
                            + " "
                            + (row.getBoolean(4) ? "" : row.getString(3))))
        .containsExactlyInAnyOrderElementsOf(persons);
  }

  @Test
  void yesterdaysTableAndTodaysLinksGiveWhatAllLinksGive() {
    List<String> links = links();
    List<String> all = table(together(links));
    Collections.shuffle(links, new Random(3));
    Dataset<Row> yesterday = PersonIdentifiers.of(together(links.subList(0, 100)), SETTINGS);

    Dataset<Row> both =
        PersonIdentifiers.links(yesterday).unionByName(together(links.subList(60, links.size())));

    assertThat(table(both)).isEqualTo(all);
  }
}
