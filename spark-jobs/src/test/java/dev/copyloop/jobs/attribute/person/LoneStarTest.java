package dev.copyloop.jobs.attribute.person;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.settings.UserKey;
import dev.copyloop.jobs.attribute.settings.Identifier;
import dev.copyloop.jobs.attribute.settings.PersonKeys;
import dev.copyloop.jobs.lake.InternalRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class LoneStarTest {

  private static final List<String> ALL =
      List.of("cio_id:c1", "cio_id:c2", "email:a@x", "email:b@x", "id:u2", "id:u:1");

  /** Each identifier with its person and what it is linked with. */
  private static List<String> ofGraph(PersonKeys keys, List<String> texts) {
    PersonGraph graph =
        PersonGraph.of(keys, List.of(texts.stream().map(Identifier::parse).toList()));
    List<String> rows = new ArrayList<>();
    graph
        .persons()
        .forEach(
            (each, person) -> {
              List<String> others =
                  graph.linkedWith(each).stream().map(Identifier::text).sorted().toList();
              rows.add("acme %s %s %s".formatted(each.text(), person, others));
            });
    return rows;
  }

  private static String text(InternalRow row) {
    assertThat(row.getBoolean(4)).isFalse();
    return "%s %s:%s %s %s"
        .formatted(
            row.getUTF8String(0),
            row.getUTF8String(1),
            row.getUTF8String(2),
            row.getUTF8String(3),
            InternalRows.strings(row.getArray(5)));
  }

  @Test
  void givesTheRowsOfTheGraphOfOneLink() {
    int understood = 0;
    for (UserKey key : UserKey.values()) {
      PersonKeys keys = new PersonKeys(key, UserKey.ID);
      for (int subset = 1; subset < 1 << ALL.size(); subset++) {
        int chosen = subset;
        List<String> texts =
            IntStream.range(0, ALL.size())
                .filter(i -> (chosen >> i & 1) == 1)
                .mapToObj(ALL::get)
                .toList();
        LoneStar star = LoneStar.of(keys, InternalRows.texts(texts));
        Optional<UTF8String> person = star.person();
        if (person.isPresent()) {
          understood++;
          assertThat(star.rows(InternalRows.text("acme"), person.get()))
              .extracting(LoneStarTest::text)
              .containsExactlyInAnyOrderElementsOf(ofGraph(keys, texts));
        }
      }
    }
    assertThat(understood).isGreaterThan(80);
  }

  @Test
  void leavesPeopleWithoutAnAccountToTheGraph() {
    PersonKeys keys = new PersonKeys(UserKey.ID, UserKey.ID);

    assertThat(LoneStar.of(keys, InternalRows.texts(List.of("email:a@x", "email:b@x"))).person())
        .isEmpty();
    assertThat(LoneStar.of(keys, InternalRows.texts(List.of("email:a@x"))).person()).isEmpty();
  }
}
