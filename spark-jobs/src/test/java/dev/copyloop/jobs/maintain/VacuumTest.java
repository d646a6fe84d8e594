package dev.copyloop.jobs.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.jobs.compact.CompactJob;
import dev.copyloop.jobs.compact.LandedNights;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.Publication;
import dev.copyloop.jobs.lake.Publications;
import dev.copyloop.jobs.lake.TableReader;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.TestLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What maintenance takes from the disk, and when. */
@Tag("slow")
class VacuumTest {
  private static final Duration RETENTION = Duration.ofDays(7);

  @TempDir private Path folder;
  private TestLake lake;
  private long rows;

  @BeforeEach
  void joinWhatWasPublished() throws Exception {
    lake = TestLake.in(folder);
    LandedNights landings = new LandedNights(folder).land(10);
    lake.run().run(new CompactJob());
    landings.land(10);
    lake.run().run(new CompactJob());
    publish(1);
    lake.run().run(new MaintainJob());
    rows = rows(lake.run().tables());
  }

  @Test
  void removesFilesThatWereUnneededForSevenDays() throws Exception {
    publish(2);
    List<Path> files =
        backdateRemovals(RETENTION.plusHours(1), RETENTION.minusHours(1), Duration.ZERO);

    lake.run().run(new MaintainJob());

    assertThat(files.get(0)).doesNotExist();
    assertThat(files.subList(1, files.size())).hasSizeGreaterThan(1).allMatch(Files::exists);
    assertThat(rows(lake.run().tables())).isEqualTo(rows);
  }

  @Test
  void keepsWhatIsPublishedHoweverOldItIs() throws Exception {
    List<Path> files = backdateRemovals(RETENTION.plusHours(1));

    lake.run().run(new MaintainJob());

    assertThat(files).isNotEmpty().allMatch(Files::exists);
    assertThat(rows(lake.run().published())).isEqualTo(rows);
  }

  private static long rows(TableReader tables) {
    return tables.read(EventsTable.SPEC).select("event_id").collectAsList().size();
  }

  private void publish(long number) throws IOException {
    RunContext run = lake.run();
    String table = EventsTable.SPEC.name();
    Map<String, Long> versions = Map.of(table, run.tables().version(EventsTable.SPEC));
    new Publications(run.bucket())
        .add(
            new Publication(number, Instant.now(), "run", "nightly", "1", "", versions, List.of()));
  }

  /**
   * Lets the last commit have removed its files so long ago, and all that is there be older still.
   *
   * @param ages of the first removals; further ones are of the last age
   * @return the removed files
   */
  private List<Path> backdateRemovals(Duration... ages) throws IOException {
    Path table = folder.resolve("lake").resolve(EventsTable.SPEC.name());
    long version = lake.run().tables().version(EventsTable.SPEC);
    Path commit = table.resolve("_delta_log/%020d.json".formatted(version));
    List<Path> removed = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(commit)) {
      JsonNode action = Json.mapper().readTree(line);
      if (action.path("remove") instanceof ObjectNode remove) {
        Duration age = ages[Math.min(removed.size(), ages.length - 1)];
        remove.put("deletionTimestamp", Instant.now().minus(age).toEpochMilli());
        removed.add(table.resolve(remove.path("path").asText()));
      }
      lines.add(action.toString());
    }
    Files.write(commit, lines);
    // Hadoop's sum of the commit's bytes.
    Files.delete(commit.resolveSibling("." + commit.getFileName() + ".crc"));
    backdateFiles(table);
    return removed;
  }

  private static void backdateFiles(Path table) throws IOException {
    FileTime time = FileTime.from(Instant.now().minus(RETENTION.multipliedBy(3)));
    try (Stream<Path> files = Files.walk(table)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(file, time);
      }
    }
    DeltaLog.clearCache();
  }
}
