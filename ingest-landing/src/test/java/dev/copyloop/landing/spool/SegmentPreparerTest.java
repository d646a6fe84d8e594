package dev.copyloop.landing.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.copyloop.events.landing.Source;
import dev.copyloop.landing.LandingConfig.VolatileSpool;
import dev.copyloop.landing.spool.SegmentPreparer.PreparedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentPreparerTest {
  private static final SegmentName NAME =
      new SegmentName(3, 17, Instant.parse("2026-01-02T03:00:00Z"));
  private static final int BYTES = 1_000_000;

  @TempDir Path folder;

  @Test
  void aSegmentInAPreparedFileIsReadBackAndCutBehindItsLastLine() throws IOException {
    try (SpoolDirectory spool = open(FileChannel::open);
        SegmentPreparer preparer = preparer(spool)) {
      preparer.prepare(BYTES);
      Segment segment = await().until(() -> write(spool, preparer), Optional::isPresent).get();
      Path file = spool.openFile(NAME);
      assertThat(file).hasSize(BYTES);
      assertThat(temporaries()).isEmpty();
      assertHoldsTheLine(file, segment);
      spool.seal(NAME, segment.bytes());
      assertThat(spool.sealedFile(NAME)).hasSize(segment.bytes());
      assertHoldsTheLine(spool.sealedFile(NAME), segment);
    }
  }

  /** Writes a line into the file that is prepared, if it is ready. */
  private static Optional<Segment> write(SpoolDirectory spool, SegmentPreparer preparer)
      throws IOException {
    Optional<PreparedFile> prepared = preparer.take();
    if (prepared.isEmpty()) {
      return Optional.empty();
    }
    try (OpenSegment segment =
        OpenSegment.create(spool, NAME, prepared.get(), ByteBuffer.allocateDirect(64))) {
      byte[] line = "{\"n\":1}".getBytes(StandardCharsets.UTF_8);
      segment.append(Source.CIO, line, 0, line.length, 1_000);
      segment.sync();
      return Optional.of(segment.asClosed());
    }
  }

  private static void assertHoldsTheLine(Path file, Segment segment) throws IOException {
    List<String> found = new ArrayList<>();
    SegmentReader.Scan scan =
        SegmentReader.scan(
            file,
            Long.MAX_VALUE,
            (source, bytes, offset, length) ->
                found.add(new String(bytes, offset, length, StandardCharsets.UTF_8)));
    assertThat(found).containsExactly("{\"n\":1}");
    assertThat(scan).isEqualTo(new SegmentReader.Scan(1, segment.bytes(), 0, 1_000));
  }

  @Test
  void aLargerOneReplacesOneThatIsTooSmall() throws IOException {
    try (SpoolDirectory spool = open(FileChannel::open);
        SegmentPreparer preparer = preparer(spool)) {
      preparer.prepare(1_000);
      preparer.prepare(2_000);
      preparer.prepare(BYTES);
      await().until(() -> preparer.readyBytes() == BYTES && temporaries().size() == 1);
      assertThat(temporaries().get(0)).hasSize(BYTES);
    }
  }

  @Test
  void aPreparedFileNeverTakesTheNameOfAnother() throws IOException {
    try (SpoolDirectory spool = open(FileChannel::open);
        SegmentPreparer preparer = preparer(spool)) {
      Files.writeString(spool.openFile(NAME), "lines");
      preparer.prepare(BYTES);
      PreparedFile prepared = await().until(preparer::take, Optional::isPresent).get();
      assertThatThrownBy(
              () -> OpenSegment.create(spool, NAME, prepared, ByteBuffer.allocateDirect(64)))
          .isInstanceOf(FileAlreadyExistsException.class);
      assertThat(spool.openFile(NAME)).hasContent("lines");
      assertThat(temporaries()).isEmpty();
    }
  }

  @Test
  void whatNobodyTookIsGoneAtTheEnd() throws IOException {
    try (SpoolDirectory spool = open(FileChannel::open)) {
      try (SegmentPreparer preparer = preparer(spool)) {
        preparer.prepare(BYTES);
        await().until(() -> !temporaries().isEmpty());
      }
      assertThat(temporaries()).isEmpty();
    }
  }

  @Test
  void aDiskThatFailsMeanwhileLeavesNothingToTake() throws IOException {
    AtomicInteger failures = new AtomicInteger();
    SpoolDirectory.ChannelOpener opener =
        (file, options) -> {
          FileChannel channel = FileChannel.open(file, options);
          if (file.getFileName().toString().startsWith("next-")) {
            channel.close();
            failures.incrementAndGet();
          }
          return channel;
        };
    try (SpoolDirectory spool = open(opener);
        SegmentPreparer preparer = preparer(spool)) {
      preparer.prepare(BYTES);
      await().until(() -> failures.get() == 1 && temporaries().isEmpty());
      assertThat(preparer.take()).isEmpty();
      preparer.prepare(BYTES);
      await().until(() -> failures.get() == 2 && temporaries().isEmpty());
    }
  }

  private SegmentPreparer preparer(SpoolDirectory spool) throws IOException {
    return new SegmentPreparer(spool, new DiskRoom(folder, 0));
  }

  private SpoolDirectory open(SpoolDirectory.ChannelOpener opener) throws IOException {
    return SpoolDirectory.open(folder, VolatileSpool.ALLOWED, opener);
  }

  private List<Path> temporaries() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".tmp")).toList();
    }
  }
}
