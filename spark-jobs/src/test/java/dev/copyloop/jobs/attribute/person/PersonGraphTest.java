package dev.copyloop.jobs.attribute.person;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.settings.UserKey;
import dev.copyloop.jobs.attribute.settings.Identifier;
import dev.copyloop.jobs.attribute.settings.PersonKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PersonGraphTest {

  private static final PersonKeys BY_ID = new PersonKeys(UserKey.ID, UserKey.ID);

  /** By identifier; {@code ambiguous} where it stands for nobody. */
  private static Map<String, String> persons(PersonKeys keys, String... together) {
    List<List<Identifier>> links =
        Arrays.stream(together)
            .map(each -> Arrays.stream(each.split(" ")).map(Identifier::parse).toList())
            .toList();
    Map<String, String> persons = new TreeMap<>();
    PersonGraph.of(keys, links)
        .persons()
        .forEach(
            (identifier, person) ->
                persons.put(identifier.text(), person.isEmpty() ? "ambiguous" : person));
    return persons;
  }

  @Test
  void identifiersThatOccurTogetherAreOnePersonNamedByTheOrgsKey() {
    assertThat(persons(BY_ID, "id:u1 email:a@x cio_id:c1", "cio_id:c1 email:b@x"))
        .isEqualTo(Map.of("id:u1", "u1", "email:a@x", "u1", "email:b@x", "u1", "cio_id:c1", "u1"));
  }

  @Test
  void leadThatBecomesKnownKeepsItsHistory() {
    assertThat(persons(BY_ID, "email:a@x cio_id:lead", "id:u1 email:a@x cio_id:c1"))
        .containsEntry("cio_id:lead", "u1")
        .containsEntry("email:a@x", "u1");
  }

  @Test
  void twoIdsOfOneDeliveryOrOfOneAccountAreAMerge() {
    assertThat(persons(BY_ID, "id:u2 id:u1")).isEqualTo(Map.of("id:u1", "u1", "id:u2", "u1"));
    assertThat(persons(BY_ID, "id:u2 cio_id:c", "id:u1 cio_id:c")).containsEntry("id:u2", "u1");
  }

  @Test
  void addressOfTwoPeopleStandsForNobodyAndJoinsNobody() {
    assertThat(persons(BY_ID, "id:u1 email:a@x", "id:u2 email:a@x", "cio_id:lead email:a@x"))
        .isEqualTo(
            Map.of(
                "id:u1", "u1",
                "id:u2", "u2",
                "email:a@x", "ambiguous",
                "cio_id:lead", "cio_id:lead"));
  }

  @Test
  void leadWhoseAddressesLeadToTwoPeopleIsAmbiguousAndTheAddressesAreNot() {
    assertThat(
            persons(BY_ID, "id:u1 email:a@x", "id:u2 email:b@x", "cio_id:lead email:a@x email:b@x"))
        .isEqualTo(
            Map.of(
                "id:u1", "u1",
                "id:u2", "u2",
                "email:a@x", "u1",
                "email:b@x", "u2",
                "cio_id:lead", "ambiguous"));
  }

  @Test
  void withoutTheOrgsKeyAPersonIsNamedByTheLeastIdentifier() {
    assertThat(persons(BY_ID, "cio_id:c2 email:a@x", "cio_id:c1 email:a@x"))
        .containsEntry("cio_id:c1", "email:a@x")
        .containsEntry("cio_id:c2", "email:a@x");
  }

  @Test
  void whereAddressesAreTheKeyAllThatOccursTogetherIsOnePerson() {
    PersonKeys byAddress = new PersonKeys(UserKey.EMAIL, UserKey.EMAIL);

    assertThat(persons(byAddress, "id:u1 email:b@x", "id:u2 email:b@x", "id:u2 email:a@x"))
        .isEqualTo(Map.of("id:u1", "a@x", "id:u2", "a@x", "email:a@x", "a@x", "email:b@x", "a@x"));
  }

  @Test
  void orderAndRepetitionOfTheLinksDoNotMatter() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      List<String> links = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        links.add(
            "id:u%d email:e%d"
                .formatted(random.nextInt(6), random.nextInt(6))
                .replaceFirst("id:u[3-5]", "cio_id:c" + random.nextInt(4)));
      }
      Map<String, String> persons = persons(BY_ID, links.toArray(String[]::new));
      links.addAll(links.subList(0, 4));
      Collections.shuffle(links, random);

      assertThat(persons(BY_ID, links.toArray(String[]::new))).isEqualTo(persons);
    }
  }
}
