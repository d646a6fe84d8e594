package dev.copyloop.stack.demo;

import dev.copyloop.embedded.S3Server;
import dev.copyloop.events.landing.LandingKey;
import dev.copyloop.events.landing.WriterMark;
import dev.copyloop.events.landing.WriterMarkJson;
import dev.copyloop.stack.home.StackSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Waits until everything acknowledged so far is in object storage, by the writers' own marks. */
public final class SealedLandings {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final String MARKS = LandingKey.PREFIX + "_writers/";

  private final S3Server server;

  public SealedLandings(StackSettings settings) {
    this.server =
        new S3Server(
            settings.storageEndpoint(),
            StackSettings.REGION,
            settings.accessKey(),
            settings.secretKey());
  }

  /**
   * Waits for every writer.
   *
   * @param acknowledged nothing was acknowledged after this time
   * @throws IOException if a writer does not come so far in time
   */
  public void await(Instant acknowledged) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    try (S3Client client = server.client()) {
      while (!through(client, acknowledged)) {
        if (System.nanoTime() > deadline) {
          throw new IOException(
              "Cannot begin the night: not everything landed is in object storage after %s: see serving's log"
                  .formatted(LONGEST));
        }
        Thread.sleep(BETWEEN_LOOKS.toMillis());
      }
    }
  }

  private static boolean through(S3Client client, Instant acknowledged) throws IOException {
    List<WriterMark> marks = new ArrayList<>();
    for (S3Object object :
        client.listObjectsV2(list -> list.bucket(StackSettings.BUCKET).prefix(MARKS)).contents()) {
      byte[] bytes =
          client
              .getObjectAsBytes(get -> get.bucket(StackSettings.BUCKET).key(object.key()))
              .asByteArray();
      marks.add(WriterMarkJson.read(bytes));
    }
    return !marks.isEmpty()
        && marks.stream()
            .allMatch(
                mark ->
                    mark.state() == WriterMark.State.DRAINED
                        || mark.sealedThrough().isAfter(acknowledged));
  }
}
