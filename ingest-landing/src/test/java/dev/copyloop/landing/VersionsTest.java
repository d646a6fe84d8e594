package dev.copyloop.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.events.landing.LandedBody;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.LandingLineJson;
import dev.copyloop.events.landing.Source;
import dev.copyloop.events.landing.Verification;
import dev.copyloop.landing.spool.SegmentReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that earlier releases wrote are read for ever; the fixtures are never written anew. A new
 * version of a format adds its own.
 */
class VersionsTest {
  private static final int HEADER_BYTES = 56;

  @TempDir Path folder;

  @Test
  void aSegmentOfVersionOneIsRead() throws IOException {
    assertIsVersionOne(lines(resource("segment-v1.sealed")));
  }

  @Test
  void anObjectOfVersionOneIsRead() throws IOException {
    List<LandingLine> lines = new ArrayList<>();
    try (InputStream in = VersionsTest.class.getResourceAsStream("object-v1.ndjson.gz");
        GZIPInputStream gzip = new GZIPInputStream(in)) {
      String text = new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        lines.add(LandingLineJson.read(line.getBytes(StandardCharsets.UTF_8)));
      }
    }
    assertIsVersionOne(lines);
  }

  private static void assertIsVersionOne(List<LandingLine> lines) {
    assertThat(lines).extracting(LandingLine::eventId).containsExactly("e-json", "e-raw", "e-cut");
    LandingLine first = lines.get(0);
    assertThat(first.org()).isEqualTo("acme");
    assertThat(first.source()).isEqualTo(Source.CIO);
    assertThat(first.receivedAtMillis()).isEqualTo(1_767_322_861_001L);
    assertThat(first.verification()).isEqualTo(Verification.VERIFIED);
    assertThat(first.workspace()).contains("production");
    assertThat(first.headers()).containsEntry("x-cio-signature", "abc").hasSize(2);
    assertThat(text(first.body())).isEqualTo("{\"event_id\":\"e-json\",\"größe\":1.50}");
    assertThat(lines.get(1).body()).isInstanceOf(LandedBody.Raw.class);
    assertThat(text(lines.get(1).body())).isEqualTo("not\njson");
    assertThat(lines.get(2).body())
        .isInstanceOfSatisfying(
            LandedBody.Truncated.class, cut -> assertThat(cut.length()).isEqualTo(9_000_000));
  }

  private static String text(LandedBody body) {
    return new String(body.bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void aSegmentOfANewerVersionIsRefusedWithTheWayOut() throws IOException {
    byte[] newer = resource("segment-v1.sealed");
    ByteBuffer header = ByteBuffer.wrap(newer).putInt(8, 2);
    CRC32C crc = new CRC32C();
    crc.update(newer, 0, HEADER_BYTES - 4);
    header.putInt(HEADER_BYTES - 4, (int) crc.getValue());
    assertThatThrownBy(() -> lines(newer))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 2, this release reads up to 1")
        .hasMessageContaining("start the release that wrote it");
  }

  @Test
  void aLineOfANewerVersionIsRefused() {
    String line = "{\"v\":2,\"event_id\":\"e\",\"org\":\"acme\",\"body\":{}}";
    assertThatThrownBy(() -> LandingLineJson.read(line.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 2, this release reads 1");
  }

  private List<LandingLine> lines(byte[] segment) throws IOException {
    Path file = Files.write(folder.resolve("segment"), segment);
    List<LandingLine> lines = new ArrayList<>();
    SegmentReader.Scan scan =
        SegmentReader.scan(
            file,
            Long.MAX_VALUE,
            (source, bytes, offset, length) ->
                lines.add(
                    LandingLineJson.read(Arrays.copyOfRange(bytes, offset, offset + length))));
    assertThat(scan.damagedBytes()).isZero();
    return lines;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = VersionsTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }
}
