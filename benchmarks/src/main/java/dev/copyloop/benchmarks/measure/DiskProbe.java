package dev.copyloop.benchmarks.measure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What the disk alone takes to append 4 KiB and sync: the floor of every durable answer. */
public final class DiskProbe {
  private static final int APPEND_BYTES = 4096;
  private static final int DIGITS = 3;

  private DiskProbe() {}

  /** Appends and syncs for so long, in a file of that folder; nanoseconds each. */
  public static Histogram run(Path folder, Duration duration) throws IOException {
    Histogram syncs = new Histogram(TimeUnit.MINUTES.toNanos(1), DIGITS);
    Path file = folder.resolve("disk-probe");
    ByteBuffer bytes = ByteBuffer.allocateDirect(APPEND_BYTES);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long end = System.nanoTime() + duration.toNanos();
      for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
        channel.write(bytes.clear());
        channel.force(false);
        syncs.recordValue(System.nanoTime() - start);
      }
    } finally {
      Files.deleteIfExists(file);
    }
    return syncs;
  }
}
