package dev.copyloop.jobs.compact;

import static dev.copyloop.jobs.compact.Lines.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.landing.LandingKey;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.jobs.run.Bucket;
import dev.copyloop.jobs.run.TestLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.RDDBlockId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectPassTest {
  @TempDir private Path folder;
  private List<List<LandingObject>> groups;
  private ObjectPass pass;

  @BeforeEach
  void land() {
    Landings landings = new Landings(folder);
    groups =
        List.of(List.of(object(landings, 0), object(landings, 1)), List.of(object(landings, 2)));
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(TestLake.spark().sparkContext());
    Bucket bucket = new Bucket(folder.toUri(), spark.hadoopConfiguration());
    pass = ObjectPass.over(spark, bucket, groups, 2);
  }

  @AfterEach
  void close() {
    pass.close();
  }

  @Test
  void whoAsksForIndexesHasTheRowsKept() throws IOException {
    assertThat(pass.indexes().map(index -> index.summary().lines()).collect())
        .containsExactly(1L, 2L, 3L);
    deleteObjects();

    assertThat(rows()).containsExactly("0#1", "1#1", "1#2", "2#1", "2#2", "2#3");
  }

  @Test
  void rowsThatWereLostAreReadAgain() {
    assertThat(pass.indexes().count()).isEqualTo(3);
    SparkEnv.get().blockManager().removeBlock(new RDDBlockId(pass.rows().id(), 1), true);

    assertThat(rows()).containsExactly("0#1", "1#1", "1#2", "2#1", "2#2", "2#3");
  }

  @Test
  void anIndexThatWasLostIsReadAgainThoughItsRowsAreThere() {
    assertThat(pass.indexes().count()).isEqualTo(3);
    SparkEnv.get().blockManager().removeBlock(new RDDBlockId(pass.indexes().id(), 0), true);

    assertThat(pass.indexes().map(index -> index.summary().object()).collect())
        .containsExactly(0, 1, 2);
  }

  private List<String> rows() {
    List<String> lines = new ArrayList<>();
    for (RowBlock block : pass.rows().collect()) {
      PackedLineRows.Cursor rows = EventRows.PACKED.read(block.rows());
      while (rows.advance()) {
        lines.add(block.object() + "#" + rows.line());
      }
    }
    return lines;
  }

  /** An object of one line more than its number says. */
  private static LandingObject object(Landings landings, int number) {
    List<LandingLine> lines = new ArrayList<>();
    for (int line = 0; line <= number; line++) {
      lines.add(Lines.webhook("e-" + number + "-" + line, NOON, NOON, "sent"));
    }
    String key = landings.put(lines);
    return LandingObject.of(LandingKey.parse(key).orElseThrow(), key, key, 100).numbered(number);
  }

  private void deleteObjects() throws IOException {
    for (List<LandingObject> group : groups) {
      for (LandingObject object : group) {
        Files.delete(folder.resolve(object.key()));
      }
    }
  }
}
