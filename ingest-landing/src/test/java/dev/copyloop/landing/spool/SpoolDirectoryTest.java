package dev.copyloop.landing.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.copyloop.landing.LandingConfig.VolatileSpool;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolDirectoryTest {
  private static final SegmentName SEGMENT =
      new SegmentName(2, 5, Instant.parse("2026-01-02T03:00:00Z"));

  @TempDir Path folder;

  @Test
  void theWriterStaysTheSameAndTheEpochRises() throws IOException {
    UUID writer;
    try (SpoolDirectory spool = open(folder)) {
      writer = spool.writer();
      spool.raiseEpoch(5_000);
      assertThat(spool.epoch()).isEqualTo(new SpoolEpoch(1, 5_000));
    }
    try (SpoolDirectory spool = open(folder)) {
      assertThat(spool.writer()).isEqualTo(writer);
      spool.raiseEpoch(4_000);
      assertThat(spool.epoch()).isEqualTo(new SpoolEpoch(2, 5_000));
      spool.raiseReceived(9_000);
    }
    try (SpoolDirectory spool = open(folder)) {
      assertThat(spool.epoch()).isEqualTo(new SpoolEpoch(2, 9_000));
    }
  }

  @Test
  void aDamagedWriterFileIsNeverReplaced() throws IOException {
    Files.writeString(folder.resolve("writer"), "not a uuid");
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("writer")
        .hasMessageContaining("restore it");
    assertThat(folder.resolve("writer")).hasContent("not a uuid");
  }

  @Test
  void aDamagedEpochFileIsNeverGuessed() throws IOException {
    Files.writeString(folder.resolve("epoch"), "epoch=");
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("epoch");
  }

  @Test
  void aDirectoryThatCannotBeMadeIsAClearError() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> open(file.resolve("spool")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("landing.spool.directory");
  }

  @Test
  void memoryIsNoPlaceForASpool() throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeTrue(Files.isWritable(memory) && Files.getFileStore(memory).type().equals("tmpfs"));
    Path spool = Files.createTempDirectory(memory, "copyloop-spool-");
    try {
      assertThatThrownBy(() -> SpoolDirectory.open(spool, VolatileSpool.REFUSED, FileChannel::open))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("tmpfs")
          .hasMessageContaining("landing.spool.allow-volatile");
      assertThat(spool).isEmptyDirectory();
    } finally {
      Files.delete(spool);
    }
  }

  @Test
  void temporariesOfAnEarlierProcessAreRemoved() throws IOException {
    Files.writeString(folder.resolve("x.cio.tmp"), "half");
    try (SpoolDirectory spool = open(folder)) {
      assertThat(spool.temporaryFile("x.cio")).doesNotExist();
    }
  }

  @Test
  void segmentsAreListedByTheTimeTheyWereOpened() throws IOException {
    Instant hour = Instant.parse("2026-01-02T03:00:00Z");
    SegmentName early = new SegmentName(2, 5, hour);
    SegmentName late = new SegmentName(10, 0, hour);
    try (SpoolDirectory spool = open(folder)) {
      Files.writeString(spool.sealedFile(late), "");
      Files.writeString(spool.sealedFile(early), "");
      Files.writeString(folder.resolve("foreign.sealed"), "");
      assertThat(spool.sealed()).containsExactly(early, late);
    }
  }

  @Test
  void aLargeSegmentIsRemovedPieceByPiece() throws IOException {
    try (SpoolDirectory spool = open(folder)) {
      fill(spool.sealedFile(SEGMENT), 10 << 20);
      spool.writeReceipt(SEGMENT, "stored");
      spool.delete(SEGMENT);
      assertThat(spool.receipt(SEGMENT)).isEmpty();
    }
    assertThat(names()).containsExactlyInAnyOrder("writer", "lock");
  }

  @Test
  void aSegmentWhoseRemovalFailsIsNoSegmentAnyMore() throws IOException {
    try (SpoolDirectory spool =
        SpoolDirectory.open(folder, VolatileSpool.ALLOWED, SpoolDirectoryTest::failToCut)) {
      fill(spool.sealedFile(SEGMENT), 10 << 20);
      assertThatThrownBy(() -> spool.delete(SEGMENT)).hasMessage("Input/output error");
      assertThat(spool.sealed()).isEmpty();
    }
    try (SpoolDirectory spool = open(folder)) {
      spool.delete(SEGMENT);
    }
    assertThat(names()).containsExactlyInAnyOrder("writer", "lock");
  }

  private static FileChannel failToCut(Path file, OpenOption... options) throws IOException {
    if (file.toString().endsWith(SEGMENT.stem() + ".tmp")) {
      throw new IOException("Input/output error");
    }
    return FileChannel.open(file, options);
  }

  private static void fill(Path file, int bytes) throws IOException {
    Files.write(file, new byte[bytes]);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static SpoolDirectory open(Path folder) throws IOException {
    return SpoolDirectory.open(folder, VolatileSpool.ALLOWED, FileChannel::open);
  }
}
