package dev.copyloop.landing.spool;

import dev.copyloop.landing.LandingConfig.VolatileSpool;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The spool on disk: who writes it, and its segments by their state. A change of its files is
 * durable when the method that made it returns. Thread-safe; one process at a time.
 *
 * <ul>
 *   <li>{@code writer}: the spool's UUID, for ever
 *   <li>{@code lock}: held by the process that uses it
 *   <li>{@code epoch}: how often it was opened, and a time before which nothing is received
 *   <li>{@code <segment>.open}: takes lines, or did when its process died
 *   <li>{@code <segment>.sealed}: complete, uploaded if {@code <segment>.stored} is beside it
 * </ul>
 */
public final class SpoolDirectory implements AutoCloseable {
  private static final String WRITER = "writer";
  private static final String OPEN = ".open";
  private static final String SEALED = ".sealed";
  private static final String STORED = ".stored";

  private final Path directory;
  private final FileChannel lock;
  private final DurableFiles files;
  private UUID writer;
  private SpoolEpoch epoch;

  private SpoolDirectory(Path directory, FileChannel lock, ChannelOpener opener) {
    this.directory = directory;
    this.lock = lock;
    this.files = new DurableFiles(directory, opener);
  }

  /** Opens a file for writing; tests put a failing disk in its place. */
  @FunctionalInterface
  public interface ChannelOpener {
    /** As {@link FileChannel#open(Path, OpenOption...)}. */
    FileChannel open(Path file, OpenOption... options) throws IOException;
  }

  /**
   * Takes the directory for this process, creating it if need be.
   *
   * @throws IOException if another process has it, it is not on a disk that lasts, or it can't be
   *     written
   */
  public static SpoolDirectory open(
      Path directory, VolatileSpool volatileSpool, ChannelOpener opener) throws IOException {
    FileChannel lock = SpoolPlace.take(directory, volatileSpool);
    SpoolDirectory spool = new SpoolDirectory(directory, lock, opener);
    try {
      spool.files.deleteTemporaries();
      spool.writer = spool.readOrCreateWriter();
      spool.epoch = spool.readEpoch();
      return spool;
    } catch (IOException | RuntimeException e) {
      spool.lock.close();
      throw e;
    }
  }

  /** Whether that directory was ever a spool's. */
  public static boolean isSpool(Path directory) {
    return Files.isRegularFile(directory.resolve(WRITER));
  }

  private UUID readOrCreateWriter() throws IOException {
    Path file = directory.resolve(WRITER);
    try {
      return UUID.fromString(Files.readString(file).strip());
    } catch (NoSuchFileException e) {
      UUID created = UUID.randomUUID();
      files.write(file, created + "\n");
      return created;
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "Cannot read %s: it is not a UUID; restore it, or move the spool's segments away"
              .formatted(file),
          e);
    }
  }

  private SpoolEpoch readEpoch() throws IOException {
    Path file = directory.resolve("epoch");
    try {
      return SpoolEpoch.parse(Files.readString(file));
    } catch (NoSuchFileException e) {
      return SpoolEpoch.NONE;
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "Cannot read %s: write it anew with a number above that of every segment".formatted(file),
          e);
    }
  }

  /** Starts a new epoch in which nothing is received before that time, epoch milliseconds. */
  public synchronized void raiseEpoch(long receivedMillis) throws IOException {
    write(epoch.next(receivedMillis));
  }

  /** Remembers that something was received at that time, beyond its segment's life. */
  public synchronized void raiseReceived(long receivedMillis) throws IOException {
    if (receivedMillis > epoch.receivedMillis()) {
      write(new SpoolEpoch(epoch.number(), receivedMillis));
    }
  }

  private void write(SpoolEpoch changed) throws IOException {
    files.write(directory.resolve("epoch"), changed.text());
    epoch = changed;
  }

  /** The spool's identity. */
  public UUID writer() {
    return writer;
  }

  /** The current epoch. */
  public synchronized SpoolEpoch epoch() {
    return epoch;
  }

  /** The segments left open, oldest first. */
  public List<SegmentName> open() throws IOException {
    return segments(OPEN);
  }

  /** The sealed segments, oldest first. */
  public List<SegmentName> sealed() throws IOException {
    return segments(SEALED);
  }

  private List<SegmentName> segments(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(suffix))
          .map(file -> SegmentName.parse(file.substring(0, file.length() - suffix.length())))
          .flatMap(Optional::stream)
          .sorted()
          .toList();
    }
  }

  /** The file of an open segment. */
  public Path openFile(SegmentName name) {
    return directory.resolve(name.stem() + OPEN);
  }

  /** The file of a sealed segment. */
  public Path sealedFile(SegmentName name) {
    return directory.resolve(name.stem() + SEALED);
  }

  /** A file that is gone at the next start. */
  public Path temporaryFile(String name) {
    return files.temporary(name);
  }

  FileChannel createOpen(SegmentName name) throws IOException {
    return files.create(openFile(name));
  }

  FileChannel createTemporary(Path file) throws IOException {
    return files.create(file);
  }

  /** Gives a temporary file the name of an open segment; durable after the next {@link #sync}. */
  void renameToOpen(Path temporary, SegmentName name) throws IOException {
    Path open = openFile(name);
    if (Files.exists(open)) {
      throw new FileAlreadyExistsException(open.toString());
    }
    Files.move(temporary, open, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Cuts an open segment behind its last record and seals it. */
  public void seal(SegmentName name, long bytes) throws IOException {
    Path open = openFile(name);
    if (Files.exists(open)) {
      files.cut(open, bytes);
      Files.move(open, sealedFile(name), StandardCopyOption.ATOMIC_MOVE);
    }
    sync();
  }

  /** Removes an open segment that holds nothing. */
  public void discardOpen(SegmentName name) throws IOException {
    Files.deleteIfExists(openFile(name));
  }

  /** What was written about a sealed segment's upload. */
  public Optional<String> receipt(SegmentName name) throws IOException {
    try {
      return Optional.of(Files.readString(directory.resolve(name.stem() + STORED)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Writes down a sealed segment's upload. */
  public void writeReceipt(SegmentName name, String receipt) throws IOException {
    files.write(directory.resolve(name.stem() + STORED), receipt);
  }

  /** Forgets a sealed segment's upload. */
  public void deleteReceipt(SegmentName name) throws IOException {
    Files.deleteIfExists(directory.resolve(name.stem() + STORED));
    sync();
  }

  /** Removes a sealed segment, then its receipt, so that no receipt is ever missed. */
  public void delete(SegmentName name) throws IOException {
    Path removed = temporaryFile(name.stem());
    if (Files.exists(sealedFile(name))) {
      Files.move(sealedFile(name), removed, StandardCopyOption.ATOMIC_MOVE);
    }
    sync();
    Files.deleteIfExists(directory.resolve(name.stem() + STORED));
    files.delete(removed);
  }

  /** Makes created, renamed and removed names durable. */
  public void sync() throws IOException {
    files.sync();
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
