package dev.copyloop.landing.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.landing.Source;
import dev.copyloop.landing.LandingConfig.VolatileSpool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentDamageTest {
  private static final SegmentName NAME =
      new SegmentName(3, 17, Instant.parse("2026-01-02T03:00:00Z"));
  private static final List<String> LINES =
      List.of("{\"n\":1}", "{\"n\":22,\"text\":\"two\"}", "{\"n\":333}", "{}");

  @TempDir Path folder;
  private Path file;
  private byte[] intact;

  /** Where each record ends. */
  private final List<Integer> ends = new ArrayList<>();

  @BeforeEach
  void writeSegment() throws IOException {
    file = folder.resolve("damaged");
    try (SpoolDirectory spool =
        SpoolDirectory.open(folder.resolve("spool"), VolatileSpool.ALLOWED, FileChannel::open)) {
      try (OpenSegment segment = OpenSegment.create(spool, NAME, ByteBuffer.allocateDirect(64))) {
        for (String line : LINES) {
          byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
          segment.append(Source.CIO, bytes, 0, bytes.length, 1_000);
          segment.sync();
          ends.add((int) segment.durableBytes());
        }
      }
      intact = Files.readAllBytes(spool.openFile(NAME));
    }
  }

  @Test
  void anIntactSegmentGivesItsLinesInOrder() throws IOException {
    List<String> found = new ArrayList<>();
    SegmentReader.Scan scan = scan(intact, found);
    assertThat(found).isEqualTo(LINES);
    assertThat(scan).isEqualTo(new SegmentReader.Scan(4, intact.length, 0, 1_000));
  }

  @Test
  void eachFlippedBitCostsAtMostItsOwnRecordAndIsCounted() throws IOException {
    for (int bit = 0; bit < intact.length * 8; bit++) {
      byte[] damaged = intact.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      List<String> found = new ArrayList<>();
      SegmentReader.Scan scan = scan(damaged, found);
      if (bit / 8 < SegmentFormat.HEADER_BYTES) {
        assertThat(found).as("bit %s of the header", bit).isEqualTo(LINES);
      } else {
        int hit = recordAt(bit / 8);
        List<String> expected = new ArrayList<>(LINES);
        expected.remove(hit);
        assertThat(found).as("bit %s", bit).isEqualTo(expected);
        assertThat(scan.damagedBytes()).as("bit %s", bit).isPositive();
      }
    }
  }

  @Test
  void eachCutKeepsEveryRecordBeforeIt() throws IOException {
    for (int length = 0; length <= intact.length; length++) {
      List<String> found = new ArrayList<>();
      SegmentReader.Scan scan = scan(Arrays.copyOf(intact, length), found);
      int whole = wholeRecords(length);
      assertThat(found).as("cut at %s", length).isEqualTo(LINES.subList(0, whole));
      int kept = whole == 0 ? SegmentFormat.HEADER_BYTES : ends.get(whole - 1);
      assertThat(scan.bytes()).isEqualTo(Math.min(kept, length));
      assertThat(scan.damagedBytes())
          .as("cut at %s", length)
          .isLessThanOrEqualTo(Math.max(0, length - kept));
    }
  }

  @Test
  void eachTailOfZerosAfterACutKeepsEveryRecordBeforeIt() throws IOException {
    for (int length = 0; length <= intact.length; length++) {
      byte[] damaged = Arrays.copyOf(Arrays.copyOf(intact, length), intact.length + 4096);
      List<String> found = new ArrayList<>();
      scan(damaged, found);
      assertThat(found)
          .as("zeros from %s", length)
          .isEqualTo(LINES.subList(0, wholeRecords(length)));
    }
  }

  @Test
  void zerosAtTheEndAreNoDamage() throws IOException {
    SegmentReader.Scan scan =
        scan(Arrays.copyOf(intact, intact.length + 3_000_000), new ArrayList<>());
    assertThat(scan).isEqualTo(new SegmentReader.Scan(4, intact.length, 0, 1_000));
  }

  @Test
  void aHoleCostsTheRecordsInItOnly() throws IOException {
    byte[] damaged = intact.clone();
    Arrays.fill(damaged, ends.get(0), ends.get(1), (byte) 0);
    List<String> found = new ArrayList<>();
    SegmentReader.Scan scan = scan(damaged, found);
    assertThat(found).containsExactly(LINES.get(0), LINES.get(2), LINES.get(3));
    assertThat(scan.damagedBytes()).isEqualTo(ends.get(1) - ends.get(0));
  }

  @Test
  void arbitraryBytesGiveNoLine() throws IOException {
    Random random = new Random(7);
    for (int round = 0; round < 50; round++) {
      byte[] noise = new byte[random.nextInt(20_000)];
      random.nextBytes(noise);
      assertThat(scan(noise, new ArrayList<>()).lines()).isZero();
    }
  }

  @Test
  void aLineLargerThanAnyBufferIsReadBack() throws IOException {
    byte[] large = new byte[3 * 1024 * 1024];
    Arrays.fill(large, (byte) 'x');
    SegmentName name = new SegmentName(4, 0, NAME.hour());
    try (SpoolDirectory spool =
        SpoolDirectory.open(folder.resolve("spool"), VolatileSpool.ALLOWED, FileChannel::open)) {
      try (OpenSegment segment = OpenSegment.create(spool, name, ByteBuffer.allocateDirect(1024))) {
        segment.append(Source.EVENTS, large, 0, large.length, 5);
        segment.append(Source.EVENTS, new byte[] {'y'}, 0, 1, 6);
        segment.sync();
      }
      List<String> found = new ArrayList<>();
      scan(Files.readAllBytes(spool.openFile(name)), found);
      assertThat(found).containsExactly("x".repeat(large.length), "y");
    }
  }

  private SegmentReader.Scan scan(byte[] content, List<String> found) throws IOException {
    Files.write(file, content);
    return SegmentReader.scan(
        file,
        Long.MAX_VALUE,
        (source, bytes, offset, length) ->
            found.add(new String(bytes, offset, length, StandardCharsets.UTF_8)));
  }

  private int recordAt(int offset) {
    int record = 0;
    while (ends.get(record) <= offset) {
      record++;
    }
    return record;
  }

  private int wholeRecords(int length) {
    return (int) ends.stream().filter(end -> end <= length).count();
  }
}
