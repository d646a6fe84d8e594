package dev.copyloop.jobs.inbox;

import dev.copyloop.jobs.run.Bucket;
import dev.copyloop.jobs.run.GzipMembers;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;

/**
 * One version of a dropped file on the local disk, unpacked: it can't be overwritten while it is
 * read, and damage shows before any row is taken. Closing deletes it.
 */
final class LocalCopy implements AutoCloseable {
  private static final long MAX_BYTES = 64L << 30;
  private static final int BUFFER = 1 << 16;

  private final Path path;

  private LocalCopy(Path path) {
    this.path = path;
  }

  /**
   * Copies a file.
   *
   * @throws InvalidFileException if it can't be unpacked, or is over 64 GiB unpacked
   * @throws IOException if the storage or the disk fails
   */
  static LocalCopy of(InboxFile file, Bucket bucket) throws IOException {
    LocalCopy copy = new LocalCopy(Files.createTempFile("copyloop-inbox-", ".rows"));
    try (InputStream in = bucket.open(file.key());
        OutputStream out = Files.newOutputStream(copy.path)) {
      if (InboxFormat.isCompressed(file.key())) {
        unpack(in, out);
      } else {
        copy(in, out);
      }
    } catch (IOException | RuntimeException e) {
      copy.close();
      throw e;
    }
    return copy;
  }

  static void unpack(InputStream in, OutputStream out) throws IOException {
    try {
      copy(GzipMembers.open(in, BUFFER), out);
    } catch (EOFException e) {
      throw new InvalidFileException("The gzip stream ends early: upload the file again", e);
    } catch (ZipException e) {
      throw new InvalidFileException(
          "Not a gzip stream that can be read (%s): upload the file again"
              .formatted(e.getMessage()),
          e);
    }
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long bytes = 0;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      bytes += count;
      if (bytes > MAX_BYTES) {
        throw new InvalidFileException("Over 64 GiB unpacked: split the file");
      }
      out.write(buffer, 0, count);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }
}
