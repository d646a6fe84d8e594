package dev.copyloop.landing.spool;

import dev.copyloop.landing.LandingConfig.VolatileSpool;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Takes the place of a spool for this process: on a disk that lasts, and for nobody else. */
final class SpoolPlace {
  private static final String LOCK = "lock";
  private static final Set<String> VOLATILE =
      Set.of("tmpfs", "ramfs", "overlay", "overlayfs", "aufs");

  private SpoolPlace() {}

  /**
   * Takes a directory, creating it if need be; it is given up when the channel is closed.
   *
   * @throws IOException if another process has it, it is not on a disk that lasts, or it can't be
   *     written
   */
  static FileChannel take(Path directory, VolatileSpool volatileSpool) throws IOException {
    createDirectories(directory);
    requireLasting(directory, volatileSpool);
    return lock(directory);
  }

  private static void createDirectories(Path directory) throws IOException {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new IOException(
          "Cannot create the spool directory "
              + directory
              + ": set landing.spool.directory to one this user can write",
          e);
    }
  }

  private static void requireLasting(Path directory, VolatileSpool volatileSpool)
      throws IOException {
    String type = Files.getFileStore(directory).type();
    if (VOLATILE.contains(type) && volatileSpool == VolatileSpool.REFUSED) {
      throw new IOException(
          "Cannot use the spool directory %s: it is on %s and would not survive a restart; mount a volume there, or set landing.spool.allow-volatile=true and accept the loss"
              .formatted(directory, type));
    }
  }

  private static FileChannel lock(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw inUse(directory, e);
    }
    channel.close();
    throw inUse(directory, null);
  }

  private static SpoolInUseException inUse(Path directory, Exception cause) {
    return new SpoolInUseException(
        "Cannot use the spool directory %s: another process has it; stop that one, or set landing.spool.directory to one of its own"
            .formatted(directory),
        cause);
  }
}
