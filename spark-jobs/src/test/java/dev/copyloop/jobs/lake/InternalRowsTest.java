package dev.copyloop.jobs.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.junit.jupiter.api.Test;

class InternalRowsTest {
  @Test
  void placesOfKeysThatAreInOrder() {
    assertThat(byKey(List.of())).isEmpty();
    assertThat(byKey(List.of("a", "b", "ba", "c"))).containsExactly(0, 1, 2, 3);
  }

  @Test
  void placesOfKeysThatAreNot() {
    assertThat(byKey(List.of("b", "a", "c"))).containsExactly(1, 0, 2);
    assertThat(byKey(List.of("a", "b", "b"))).containsExactly(0, 2);
  }

  @Test
  void keysAreOrderedAsJavaDoesAndNotByTheirBytes() {
    String afterInBytes = "\uD83D\uDE00";
    String afterInJava = "\uFF5E";

    assertThat(byKey(List.of(afterInJava, afterInBytes))).containsExactly(1, 0);
  }

  @Test
  void thereMayBeMany() {
    List<String> keys = IntStream.range(0, 250).mapToObj("%03d"::formatted).toList();

    assertThat(byKey(keys)).containsExactly(IntStream.range(0, 250).toArray());
  }

  private static int[] byKey(List<String> keys) {
    List<String> values = Collections.nCopies(keys.size(), "");
    return InternalRows.byKey(
        new ArrayBasedMapData(InternalRows.texts(keys), InternalRows.texts(values)));
  }
}
