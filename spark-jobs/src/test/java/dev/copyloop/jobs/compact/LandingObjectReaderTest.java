package dev.copyloop.jobs.compact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LandingObjectReaderTest {
  private static final List<String> LINES = lines(300);

  private static List<String> lines(int count) {
    Random random = new Random(5);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(i + " " + Long.toHexString(random.nextLong()).repeat(random.nextInt(40)));
    }
    return lines;
  }

  private record Result(List<String> lines, LandingObjectReader.Ending ending) {}

  @Test
  void readsEveryLineOfAWholeObject() throws IOException {
    byte[] text = text(LINES);

    Result result = read(Landings.gzip(text));

    assertThat(result.lines()).isEqualTo(LINES);
    assertThat(result.ending().damage()).isEmpty();
    assertThat(result.ending().lines()).isEqualTo(LINES.size());
    assertThat(result.ending().sha256()).isEqualTo(HexFormat.of().formatHex(Digests.sha256(text)));
  }

  @Test
  void readsALastLineWithoutALineFeedAndNoneOfAnEmptyObject() throws IOException {
    assertThat(read(Landings.gzip("a\nb".getBytes(StandardCharsets.UTF_8))).lines())
        .containsExactly("a", "b");
    assertThat(read(Landings.gzip(new byte[0])).lines()).isEmpty();
    assertThat(read(Landings.gzip(new byte[0])).ending().damage()).isEmpty();
  }

  @Test
  void readsEveryMemberEvenOfAStreamThatNeverKnowsWhatIsAvailable() throws IOException {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.writeBytes(Landings.gzip(text(LINES.subList(0, 100))));
    members.writeBytes(Landings.gzip(text(LINES.subList(100, LINES.size()))));

    assertThat(read(members.toByteArray()).lines()).isEqualTo(LINES);
  }

  @Test
  void readsAsFarAsACutObjectGoesWhereverItIsCut() throws IOException {
    byte[] whole = Landings.gzip(text(LINES));
    int before = 0;
    for (int length = 0; length < whole.length; length += 1 + length / 97) {
      Result result = read(Arrays.copyOf(whole, length));

      assertThat(result.ending().damage()).isPresent();
      assertThat(result.lines()).isEqualTo(LINES.subList(0, result.lines().size()));
      assertThat(result.lines().size()).isGreaterThanOrEqualTo(before);
      before = result.lines().size();
    }
    assertThat(before).isGreaterThan(LINES.size() / 2);
  }

  @Test
  void noticesEveryFlippedByteOfTheContent() throws IOException {
    byte[] whole = Landings.gzip(text(LINES));
    Random random = new Random(6);
    for (int round = 0; round < 200; round++) {
      byte[] damaged = whole.clone();
      int at = 10 + random.nextInt(whole.length - 10);
      damaged[at] ^= (byte) (1 << random.nextInt(8));

      // Bits that pad the stream's last byte mean nothing.
      Result result = read(damaged);
      assertThat(result.ending().damage().isPresent() || result.lines().equals(LINES)).isTrue();
    }
  }

  @Test
  void saysWhatIsNoGzipAtAll() throws IOException {
    Result result = read("plain text".getBytes(StandardCharsets.UTF_8));

    assertThat(result.lines()).isEmpty();
    assertThat(result.ending().damage().orElseThrow()).startsWith("Not gzip");
  }

  private static Result read(byte[] bytes) throws IOException {
    List<String> lines = new ArrayList<>();
    try (LandingObjectReader reader = new LandingObjectReader(new ShyStream(bytes))) {
      for (byte[] line = reader.next(); line != null; line = reader.next()) {
        lines.add(new String(line, StandardCharsets.UTF_8));
      }
      return new Result(lines, reader.ending());
    }
  }

  private static byte[] text(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Like a network's: never says that more is available. */
  private static final class ShyStream extends FilterInputStream {
    ShyStream(byte[] bytes) {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    public int available() {
      return 0;
    }
  }
}
