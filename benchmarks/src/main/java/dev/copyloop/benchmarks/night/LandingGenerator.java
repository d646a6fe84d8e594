package dev.copyloop.benchmarks.night;

import dev.copyloop.events.landing.LandingKey;
import dev.copyloop.events.landing.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the landing objects of some days, as if the campaigns had run for months: each day's
 * journeys start evenly over it, and their engagement lands up to {@link Journey#TAIL_DAYS} later.
 * The same arguments always write the same bytes.
 */
public final class LandingGenerator {

  private static final long SEED = 20261103;
  private static final UUID WRITER = new UUID(0x4000, 0x8000000000000001L);

  private final Path folder;
  private final int journeys;
  private final long day;
  private final Map<LandingKey, OutputStream> objects = new HashMap<>();
  private long generations;
  private long events;

  private LandingGenerator(Path folder, int journeys, long day) {
    this.folder = folder;
    this.journeys = journeys;
    this.day = day;
  }

  /** Arguments: folder, first day, number of days, generations per day. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    long first = LocalDate.parse(arguments[1]).toEpochDay();
    int days = Integer.parseInt(arguments[2]);
    int generations = Integer.parseInt(arguments[3]);
    for (int i = 0; i < days; i++) {
      new LandingGenerator(folder, generations * 10 / 9, first + i).write();
    }
  }

  private void write() throws IOException {
    for (long start = day - Journey.TAIL_DAYS; start <= day; start++) {
      for (int number = 0; number < journeys; number++) {
        write(Journey.of(SEED, start, number));
      }
    }
    for (OutputStream object : objects.values()) {
      object.close();
    }
    System.out.printf(
        "%s: %,d generations, %,d events%n", LocalDate.ofEpochDay(day), generations, events);
  }

  private void write(Journey journey) throws IOException {
    if (!journey.control() && isToday(journey.called())) {
      object(Source.GENERATE, journey.called() + 5)
          .write(Lines.generation(journey, journey.called() + 5));
      generations++;
    }
    webhook(journey, "sent", journey.sent());
    webhook(journey, "delivered", journey.delivered());
    webhook(journey, "opened", journey.opened());
    webhook(journey, "clicked", journey.clicked());
    long bought = received(journey.purchased());
    if (isToday(bought)) {
      object(Source.EVENTS, bought).write(Lines.purchase(journey, bought));
      events++;
    }
  }

  private void webhook(Journey journey, String metric, long occurred) throws IOException {
    long received = received(occurred);
    if (isToday(received)) {
      object(Source.CIO, received).write(Lines.webhook(journey, metric, occurred, received));
      events++;
    }
  }

  /** Customer.io sends within seconds. */
  private static long received(long occurred) {
    return occurred < 0 ? -1 : occurred + 1_500 + occurred % 17_000;
  }

  private boolean isToday(long received) {
    return received >= 0 && Math.floorDiv(received, Journey.DAY) == day;
  }

  private OutputStream object(Source source, long received) throws IOException {
    Instant hour = Instant.ofEpochMilli(received - received % 3_600_000);
    LandingKey key = new LandingKey(source, hour, WRITER, 1, hour.getEpochSecond() / 3_600);
    OutputStream object = objects.get(key);
    if (object == null) {
      Path file = folder.resolve(key.key());
      Files.createDirectories(file.getParent());
      object = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16);
      objects.put(key, object);
    }
    return object;
  }
}
