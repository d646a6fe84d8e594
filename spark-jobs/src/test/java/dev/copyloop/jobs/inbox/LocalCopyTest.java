package dev.copyloop.jobs.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class LocalCopyTest {

  @Test
  void unpacksEveryMemberOfAStreamThatDoesNotTellWhetherMoreFollows() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    LocalCopy.unpack(new Silent(new SequenceInputStream(member("a\n"), member("b\n"))), out);

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a\nb\n");
  }

  private static InputStream member(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return new ByteArrayInputStream(out.toByteArray());
  }

  /** Hands over one member at a time, and answers as a network stream may. */
  private static final class Silent extends InputStream {
    private final InputStream in;

    Silent(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return in.read(bytes, offset, length);
    }

    @Override
    public int available() {
      return 0;
    }
  }
}
