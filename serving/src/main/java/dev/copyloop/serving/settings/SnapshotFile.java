package dev.copyloop.serving.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The last good settings on disk, for a start without PostgreSQL. Secrets in it are sealed or
 * hashed; still readable by its owner only. Replaced whole.
 */
final class SnapshotFile {
  private final Path file;

  SnapshotFile(Path file) {
    this.file = file;
  }

  /**
   * Reads it; empty if there is none yet.
   *
   * @throws IOException if it can't be read
   */
  Optional<SettingsDocuments> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(SettingsDocuments.ofJson(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new IOException("Cannot read the settings file " + file + ": " + e.getMessage(), e);
    }
  }

  void write(SettingsDocuments documents) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path next = directory.resolve(file.getFileName() + ".next");
    Files.deleteIfExists(next);
    ByteBuffer[] text = documents.json();
    try (FileChannel channel =
        FileChannel.open(
            next,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      while (text[text.length - 1].hasRemaining()) {
        channel.write(text);
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
