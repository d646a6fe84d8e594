package dev.copyloop.landing.spool;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Whether the disk still has the room that sealing and uploading need. Taking arrivals into the
 * last bytes would leave none to render an upload in, and so no way out. Thread-safe.
 */
public final class DiskRoom {
  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final FileStore disk;
  private final long reserveBytes;
  private volatile long sampledNanos;
  private volatile boolean scarce;

  /** Watches the disk of that directory. */
  public DiskRoom(Path directory, long reserveBytes) throws IOException {
    this.disk = Files.getFileStore(directory);
    this.reserveBytes = reserveBytes;
    look();
  }

  /** Looks again, if the last look is some time ago. */
  public void sample() throws IOException {
    if (System.nanoTime() - sampledNanos >= INTERVAL_NANOS) {
      look();
    }
  }

  private void look() throws IOException {
    sampledNanos = System.nanoTime();
    scarce = disk.getUsableSpace() < reserveBytes;
  }

  /** Whether only the reserve was left at the last look. */
  public boolean isScarce() {
    return scarce;
  }
}
