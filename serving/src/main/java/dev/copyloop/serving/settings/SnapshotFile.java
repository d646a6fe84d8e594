package dev.copyloop.serving.settings;

import dev.copyloop.serving.secrets.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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
    PrivateFile.replace(file, documents.json());
  }
}
