package dev.copyloop.jobs.compact;

import dev.copyloop.jobs.run.Bucket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Reads one landing object, as it is asked for blocks of its rows; its index is the last. Not
 * thread-safe.
 */
final class ObjectIndexer implements Iterator<Indexed> {
  private static final long MILLIS_PER_DAY = 86_400_000L;

  private final Bucket bucket;
  private final LandingObject object;
  private final LandingObjectReader lines;
  private final RowPacker rows;
  private final KeyBlocks.Builder keys;
  private final List<QuarantinedLine> quarantined = new ArrayList<>();
  private final TreeSet<Integer> days = new TreeSet<>();
  private long minOccurred = Long.MAX_VALUE;
  private long maxOccurred = Long.MIN_VALUE;
  private boolean ended;

  private ObjectIndexer(
      Bucket bucket, LandingObject object, int buckets, LandingObjectReader lines) {
    this.bucket = bucket;
    this.object = object;
    this.lines = lines;
    this.rows = new RowPacker(object);
    this.keys = new KeyBlocks.Builder(buckets);
  }

  /** Opens an object in a task, at whose end it is closed; its keys will be in so many buckets. */
  static Iterator<Indexed> open(Bucket bucket, LandingObject object, int buckets)
      throws IOException {
    LandingObjectReader lines = new LandingObjectReader(bucket.open(object.address()));
    TaskCompletionListener closing = task -> close(object, lines);
    var unused = TaskContext.get().addTaskCompletionListener(closing);
    return new ObjectIndexer(bucket, object, buckets, lines);
  }

  private static void close(LandingObject object, LandingObjectReader lines) {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close " + object.key(), e);
    }
  }

  @Override
  public boolean hasNext() {
    return !ended;
  }

  @Override
  public Indexed next() {
    if (ended) {
      throw new NoSuchElementException();
    }
    try {
      Optional<RowBlock> block = block();
      if (block.isPresent()) {
        return block.get();
      }
      ended = true;
      return index();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + object.key(), e);
    }
  }

  /** Reads on until a block is full or the object ends; empty if there were no more rows. */
  private Optional<RowBlock> block() throws IOException {
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      if (object.lines().takes(lines.lines())) {
        line(lines.lines(), line);
        if (rows.isFull()) {
          break;
        }
      }
    }
    return rows.take();
  }

  private ObjectIndex index() throws IOException {
    LandingObjectReader.Ending ending = lines.ending();
    close(object, lines);
    int lineProblems = quarantined.size();
    Optional<String> damage = object.lines().isAll() ? damage(ending) : Optional.empty();
    damage.ifPresent(
        what ->
            quarantined.add(QuarantinedLine.damagedObject(object.number(), what, ending.rest())));
    ObjectSummary summary =
        new ObjectSummary(
            object.number(),
            ending.sha256(),
            object.lines().count(ending.lines()),
            lineProblems,
            damage.isPresent() ? 1 : 0,
            minOccurred,
            maxOccurred,
            days);
    return new ObjectIndex(summary, keys.build(), quarantined);
  }

  private Optional<String> damage(LandingObjectReader.Ending ending) throws IOException {
    return ending.damage().isPresent() ? ending.damage() : mismatch(ending.sha256());
  }

  private Optional<String> mismatch(String sha256) throws IOException {
    return bucket
        .userMetadata(object.address(), "sha256")
        .filter(expected -> !expected.equals(sha256))
        .map(expected -> "Its bytes have SHA-256 " + sha256 + ", its metadata says " + expected);
  }

  private void line(int number, byte[] bytes) {
    ParsedLine parsed = LineParser.parse(object.source(), bytes, object.lines().verifiedBy(number));
    if (parsed instanceof ParsedLine.Good good) {
      minOccurred = Math.min(minOccurred, good.occurredAtMillis());
      maxOccurred = Math.max(maxOccurred, good.occurredAtMillis());
      days.add(epochDay(good.occurredAtMillis()));
      LineDigests digests = LineDigests.of(good);
      keys.add(LineKey.of(good, digests, object.number(), number));
      rows.add(number, good, digests);
    } else if (parsed instanceof ParsedLine.Quarantined bad) {
      quarantined.add(QuarantinedLine.of(object.number(), number, bad, bytes));
    }
  }

  static int epochDay(long millis) {
    return (int) Math.floorDiv(millis, MILLIS_PER_DAY);
  }
}
