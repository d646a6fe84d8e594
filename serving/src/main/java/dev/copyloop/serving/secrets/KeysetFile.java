package dev.copyloop.serving.secrets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A keyset in a file of its own, readable by its owner only. */
public final class KeysetFile {
  private static final Logger LOG = LoggerFactory.getLogger(KeysetFile.class);

  private KeysetFile() {}

  /** The file that is made where no keyset is configured: beside the settings file. */
  public static Path beside(Path snapshotFile) {
    return snapshotFile.resolveSibling("secrets-keyset.json");
  }

  /**
   * Reads a keyset; makes a new one if there is none.
   *
   * @throws IOException if it can't be read or made
   */
  public static Keyset readOrCreate(Path file) throws IOException {
    if (!Files.exists(file)) {
      PrivateFile.create(file, text(Keyset.create()));
      LOG.warn("Made a new keyset for secrets: {}. Without it they can't be read: keep it", file);
    }
    return Keyset.read(new KeysetSource.InFile(file));
  }

  /**
   * Puts a keyset in the place of the one that is there, whole or not at all.
   *
   * @throws IOException if it can't be written; the file is as it was
   */
  public static void replace(Path file, Keyset keyset) throws IOException {
    PrivateFile.replace(file, text(keyset));
  }

  private static ByteBuffer text(Keyset keyset) {
    return StandardCharsets.UTF_8.encode(keyset.json());
  }
}
