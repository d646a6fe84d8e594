package dev.copyloop.landing.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Changes the files of one folder so that a power cut leaves them as they were or as they became,
 * and that nobody who syncs meanwhile waits long. Thread-safe for different files.
 */
final class DurableFiles {
  private static final String TEMPORARY = ".tmp";
  private static final int CUT_BYTES = 4 * 1024 * 1024;

  private final Path folder;
  private final SpoolDirectory.ChannelOpener opener;

  DurableFiles(Path folder, SpoolDirectory.ChannelOpener opener) {
    this.folder = folder;
    this.opener = opener;
  }

  /** A file that is worth nothing after this process. */
  Path temporary(String name) {
    return folder.resolve(name + TEMPORARY);
  }

  /** Removes what earlier processes left. */
  void deleteTemporaries() throws IOException {
    List<Path> left;
    try (Stream<Path> files = Files.list(folder)) {
      left = files.filter(each -> each.toString().endsWith(TEMPORARY)).toList();
    }
    for (Path file : left) {
      Files.delete(file);
    }
  }

  /** Creates a file; durable after the next {@link #sync}. */
  FileChannel create(Path file) throws IOException {
    return opener.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Writes a small file, whole, in the place of what it was; durable on return. */
  void write(Path file, String text) throws IOException {
    Path temporary = temporary(file.getFileName().toString());
    try (FileChannel channel =
        opener.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    sync();
  }

  /** Cuts a file to its first bytes, which are durable on return. */
  void cut(Path file, long bytes) throws IOException {
    try (FileChannel channel = opener.open(file, StandardOpenOption.WRITE)) {
      shrink(channel, bytes);
      channel.truncate(bytes);
      channel.force(true);
    }
  }

  /** Removes a file if it is there. */
  void delete(Path file) throws IOException {
    if (Files.exists(file)) {
      try (FileChannel channel = opener.open(file, StandardOpenOption.WRITE)) {
        shrink(channel, 0);
      }
      Files.delete(file);
    }
  }

  /**
   * Cuts a file to about so many bytes, never much at once: the disk takes up to 45 ms to discard
   * 64 MiB, and whoever syncs meanwhile waits for that.
   */
  private static void shrink(FileChannel channel, long bytes) throws IOException {
    for (long size = channel.size() - CUT_BYTES; size > bytes; size -= CUT_BYTES) {
      channel.truncate(size);
      channel.force(true);
    }
  }

  /** Makes created, renamed and removed names durable. */
  void sync() throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
