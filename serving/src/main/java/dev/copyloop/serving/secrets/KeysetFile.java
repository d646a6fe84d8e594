package dev.copyloop.serving.secrets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
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
      Files.createDirectories(file.toAbsolutePath().getParent());
      write(file, Keyset.create());
      LOG.warn("Made a new keyset for secrets: {}. Without it they can't be read: keep it", file);
    }
    return Keyset.read(new KeysetSource.InFile(file));
  }

  /** Creates the file. */
  private static void write(Path file, Keyset keyset) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer text = StandardCharsets.UTF_8.encode(keyset.json());
      while (text.hasRemaining()) {
        channel.write(text);
      }
      channel.force(true);
    }
  }

  /**
   * Puts a keyset in the place of the one that is there, whole or not at all.
   *
   * @throws IOException if it can't be written; the file is as it was
   */
  public static void replace(Path file, Keyset keyset) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.deleteIfExists(next);
    write(next, keyset);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
