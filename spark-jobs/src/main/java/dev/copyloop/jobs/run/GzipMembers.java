package dev.copyloop.jobs.run;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;

/**
 * Says truthfully whether more bytes follow: the gzip stream looks there for a further member, and
 * a network stream may answer none while there are some.
 */
public final class GzipMembers extends FilterInputStream {
  private GzipMembers(InputStream in) {
    super(new PushbackInputStream(in, 1));
  }

  /**
   * Unpacks all members of a stream, one after the other.
   *
   * @param buffer bytes that are read at once
   * @throws IOException as reading does: {@code EOFException} and {@code ZipException} for what is
   *     no whole gzip stream
   */
  public static InputStream open(InputStream compressed, int buffer) throws IOException {
    return new GZIPInputStream(new GzipMembers(compressed), buffer);
  }

  @Override
  public int available() throws IOException {
    int next = in.read();
    if (next < 0) {
      return 0;
    }
    ((PushbackInputStream) in).unread(next);
    return 1;
  }
}
