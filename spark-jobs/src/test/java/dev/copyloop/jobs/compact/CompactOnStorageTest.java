package dev.copyloop.jobs.compact;

import static dev.copyloop.jobs.compact.Lines.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.embedded.Fixtures;
import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.events.landing.LandingKey;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import dev.copyloop.jobs.run.Bucket;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.TestLake;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.junit.jupiter.api.Test;

/** Over the S3 API, with what only it has: user metadata. */
class CompactOnStorageTest {
  @Test
  void checksEachObjectAgainstTheHashInItsMetadata() throws IOException {
    TestLake lake = TestLake.in(Fixtures.storage());
    RunContext run = lake.run();
    LandingLine whole = Lines.webhook("whole", NOON, NOON, "sent");
    LandingLine swapped = Lines.webhook("swapped", NOON, NOON, "sent");
    put(run.bucket(), 0, whole, HexFormat.of().formatHex(Digests.sha256(bytes(whole))));
    put(run.bucket(), 1, swapped, "0".repeat(64));

    CompactResult.Lines lines = ((CompactResult) run.run(new CompactJob())).sources().get("cio");

    assertThat(lines).isEqualTo(new CompactResult.Lines(2, 2, 2, 0, 0, 0, 1));
    assertThat(LakeContent.events(lake.run())).isEqualTo(Model.events(List.of(whole, swapped)));
    assertThat(LakeContent.quarantine(lake.run())).containsExactly("cio damaged_object");
    assertThat(((CompactResult) lake.run().run(new CompactJob())).batches()).isEmpty();
    byte[] result = run.bucket().read(LakeLayout.runResult(run.runId(), "compact")).orElseThrow();
    assertThat(new String(result, StandardCharsets.UTF_8)).contains("\"damaged_objects\" : 1");
  }

  private static byte[] bytes(LandingLine line) {
    return Landings.ndjson(List.of(line));
  }

  private static void put(Bucket bucket, long sequence, LandingLine line, String sha256)
      throws IOException {
    String key = new LandingKey(Source.CIO, NOON, new UUID(1, 1), 1, sequence).key();
    FSDataOutputStreamBuilder<?, ?> file =
        bucket.fileSystem().createFile(bucket.path(key)).recursive().overwrite(true);
    file.opt("fs.s3a.create.header.sha256", sha256);
    try (OutputStream out = file.build()) {
      out.write(Landings.gzip(bytes(line)));
    }
  }
}
