package dev.copyloop.landing.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the next segment's file on a thread of its own, full of zeros that are synced. Lines then
 * change neither its length nor its blocks, so that their sync need not wait for the file system's
 * journal, which uploads and all others on the disk fill too. Thread-safe; one taker.
 *
 * <p>Nothing depends on it: where no file is ready, a segment starts with an empty one.
 */
public final class SegmentPreparer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentPreparer.class);
  private static final int CHUNK_BYTES = 256 * 1024;
  private static final int END_SECONDS = 10;

  private final SpoolDirectory spool;
  private final DiskRoom room;
  private final ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK_BYTES);
  private final AtomicReference<PreparedFile> ready = new AtomicReference<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "landing-prepare"));
  private int files;

  /** Prepares files of that spool while its disk has room. */
  public SegmentPreparer(SpoolDirectory spool, DiskRoom room) {
    this.spool = spool;
    this.room = room;
  }

  /**
   * A file that has no segment's name yet.
   *
   * @param channel open for writing, the taker's to close
   * @param bytes how long it is
   */
  record PreparedFile(Path file, FileChannel channel, long bytes) {
    void discard() {
      try {
        channel.close();
        Files.deleteIfExists(file);
      } catch (IOException e) {
        LOG.warn("Cannot remove {}; the next start does", file, e);
      }
    }
  }

  /** Has a file of about so many bytes ready soon, unless one of at least half of them is. */
  public void prepare(long bytes) {
    thread.execute(() -> attempt(bytes));
  }

  private void attempt(long bytes) {
    if (2 * readyBytes() >= bytes || room.isScarce()) {
      return;
    }
    // A name of its own: the last file may be about to get its segment's.
    Path file = spool.temporaryFile("next-" + files++);
    try {
      PreparedFile prepared = new PreparedFile(file, spool.createTemporary(file), bytes);
      try {
        fill(prepared.channel(), bytes);
      } catch (IOException e) {
        prepared.discard();
        throw e;
      }
      Optional.ofNullable(ready.getAndSet(prepared)).ifPresent(PreparedFile::discard);
    } catch (IOException e) {
      LOG.debug("Cannot prepare a segment: the next one grows as it is written", e);
    }
  }

  /** Syncs each chunk, so that no line's sync ever waits behind many of them. */
  private void fill(FileChannel channel, long bytes) throws IOException {
    for (long at = 0; at < bytes; ) {
      zeros.clear().limit((int) Math.min(CHUNK_BYTES, bytes - at));
      while (zeros.hasRemaining()) {
        at += channel.write(zeros, at);
      }
      channel.force(true);
    }
  }

  /** How long the file is that is ready; 0: none is. */
  public long readyBytes() {
    PreparedFile prepared = ready.get();
    return prepared == null ? 0 : prepared.bytes();
  }

  /** The file that is ready, if one is. */
  Optional<PreparedFile> take() {
    return Optional.ofNullable(ready.getAndSet(null));
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The disk has not taken a prepared segment within {} s", END_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    take().ifPresent(PreparedFile::discard);
  }
}
