package dev.copyloop.jobs.compact;

import dev.copyloop.events.generation.GenerationRecord;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.jobs.run.Bucket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Reads one landing object for its index. */
final class ObjectIndexer {
  private static final long MILLIS_PER_DAY = 86_400_000L;

  private final LandingObject object;
  private final KeyBlocks.Builder keys;
  private final List<QuarantinedLine> quarantined = new ArrayList<>();
  private final TreeSet<Integer> days = new TreeSet<>();
  private long minOccurred = Long.MAX_VALUE;
  private long maxOccurred = Long.MIN_VALUE;

  private ObjectIndexer(LandingObject object, int buckets) {
    this.object = object;
    this.keys = new KeyBlocks.Builder(buckets);
  }

  /** The index of an object, its keys in so many buckets. */
  static ObjectIndex index(Bucket bucket, LandingObject object, int buckets) throws IOException {
    return new ObjectIndexer(object, buckets).read(bucket);
  }

  private ObjectIndex read(Bucket bucket) throws IOException {
    LandingObjectReader.Ending ending;
    try (LandingObjectReader lines = new LandingObjectReader(bucket.open(object.address()))) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        if (object.lines().takes(lines.lines())) {
          line(lines.lines(), line);
        }
      }
      ending = lines.ending();
    }
    int lineProblems = quarantined.size();
    Optional<String> damage = object.lines().isAll() ? damage(bucket, ending) : Optional.empty();
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

  private Optional<String> damage(Bucket bucket, LandingObjectReader.Ending ending)
      throws IOException {
    return ending.damage().isPresent() ? ending.damage() : mismatch(bucket, ending.sha256());
  }

  private Optional<String> mismatch(Bucket bucket, String sha256) throws IOException {
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
      int day = epochDay(good.occurredAtMillis());
      days.add(day);
      keys.add(key(good, day, number));
    } else if (parsed instanceof ParsedLine.Quarantined bad) {
      quarantined.add(QuarantinedLine.of(object.number(), number, bad, bytes));
    }
  }

  private LineKey key(ParsedLine.Good good, int day, int number) {
    LandingLine envelope = good.envelope();
    long sha = Digests.prefix(Digests.sha256(envelope.body().bytes()));
    if (good instanceof ParsedLine.Generation parsed) {
      GenerationRecord generation = parsed.generation();
      Digests.Key key = generationKey(generation.org(), generation.generationId());
      return new LineKey(
          key.high(),
          key.low(),
          day,
          generation.decidedAtMillis(),
          envelope.receivedAtMillis(),
          sha,
          content(generation.copyId()),
          false,
          object.number(),
          number,
          generation.callId());
    }
    Digests.Key key = eventKey(envelope);
    return new LineKey(
        key.high(),
        key.low(),
        day,
        0,
        envelope.receivedAtMillis(),
        sha,
        0,
        false,
        object.number(),
        number,
        "");
  }

  static int epochDay(long millis) {
    return (int) Math.floorDiv(millis, MILLIS_PER_DAY);
  }

  /** The identity of a line's event. */
  static Digests.Key eventKey(LandingLine envelope) {
    return eventKey(envelope.org(), envelope.source().label(), envelope.eventId());
  }

  /** The identity of an event. */
  static Digests.Key eventKey(String org, String source, String eventId) {
    return Digests.key(org, source, eventId);
  }

  /** The identity of a generation. */
  static Digests.Key generationKey(String org, String generationId) {
    return Digests.key(org, "generate", generationId);
  }

  /** What tells whether two calls of one generation answered alike. */
  static long content(String copyId) {
    return Digests.key(copyId).high();
  }
}
