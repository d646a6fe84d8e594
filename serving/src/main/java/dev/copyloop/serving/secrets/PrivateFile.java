package dev.copyloop.serving.secrets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/** Files that only their owner may read. */
public final class PrivateFile {
  private PrivateFile() {}

  /**
   * Writes and syncs a new file, and the folder it lies in if there is none.
   *
   * @throws IOException if it is there already, or can't be written
   */
  static void create(Path file, ByteBuffer... parts) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      while (Arrays.stream(parts).anyMatch(ByteBuffer::hasRemaining)) {
        channel.write(parts);
      }
      channel.force(true);
    }
  }

  /**
   * Puts a file in the place of the one that is there, if one is, whole or not at all.
   *
   * @throws IOException if it can't be written; the file is as it was
   */
  public static void replace(Path file, ByteBuffer... parts) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.deleteIfExists(next);
    create(next, parts);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
