package dev.copyloop.landing.accept;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.copyloop.events.landing.Source;
import dev.copyloop.landing.Arrivals;
import dev.copyloop.landing.accept.ArrivalQueue.Offer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ArrivalQueueTest {
  private static final long ONE = submission().bytes();

  private final List<Submission> late = new ArrayList<>();

  private ArrivalQueue queue(long limitBytes) {
    return new ArrivalQueue(limitBytes, Duration.ofMinutes(1), late::add);
  }

  @Test
  void whatWaitsIsBoundedByBytes() throws InterruptedException {
    ArrivalQueue queue = queue(2 * ONE + ONE / 2);
    assertThat(queue.offer(submission())).isEqualTo(Offer.TAKEN);
    assertThat(queue.offer(submission())).isEqualTo(Offer.TAKEN);
    assertThat(queue.offer(submission())).isEqualTo(Offer.FULL);
    assertThat(queue.bytes()).isEqualTo(2 * ONE);
    assertThat(queue.take(Long.MAX_VALUE, 0)).hasSize(2);
    assertThat(queue.bytes()).isZero();
    assertThat(queue.offer(submission())).isEqualTo(Offer.TAKEN);
  }

  @Test
  void oneThatIsLargerThanTheLimitWaitsAlone() {
    ArrivalQueue queue = queue(1);
    assertThat(queue.offer(submission())).isEqualTo(Offer.TAKEN);
    assertThat(queue.offer(submission())).isEqualTo(Offer.FULL);
  }

  @Test
  void aBatchEndsAtItsLimitAndKeepsTheOrder() throws InterruptedException {
    ArrivalQueue queue = queue(Long.MAX_VALUE);
    Submission first = submission();
    Submission second = submission();
    Submission third = submission();
    queue.offer(first);
    queue.offer(second);
    queue.offer(third);
    assertThat(queue.take(ONE + 1, 0)).containsExactly(first, second);
    assertThat(queue.take(ONE + 1, 0)).containsExactly(third);
    assertThat(queue.take(ONE + 1, 0)).isEmpty();
  }

  @Test
  void aClosedQueueGivesWhatItHasAndTakesNothing() throws InterruptedException {
    ArrivalQueue queue = queue(Long.MAX_VALUE);
    queue.offer(submission());
    queue.close();
    assertThat(queue.offer(submission())).isEqualTo(Offer.CLOSED);
    assertThat(queue.isExhausted()).isFalse();
    assertThat(queue.take(Long.MAX_VALUE, SECONDS.toNanos(60))).hasSize(1);
    assertThat(queue.take(Long.MAX_VALUE, SECONDS.toNanos(60))).isEmpty();
    assertThat(queue.isExhausted()).isTrue();
  }

  @Test
  void aWaitingTakerIsWokenByTheFirstOffer() throws Exception {
    ArrivalQueue queue = queue(Long.MAX_VALUE);
    CompletableFuture<List<Submission>> taken = new CompletableFuture<>();
    Thread taker =
        new Thread(
            () -> {
              try {
                taken.complete(queue.take(Long.MAX_VALUE, SECONDS.toNanos(60)));
              } catch (InterruptedException e) {
                taken.completeExceptionally(e);
              }
            });
    taker.start();
    queue.offer(submission());
    assertThat(taken.get(30, SECONDS)).hasSize(1);
    taker.join();
  }

  @Test
  void eachSourceHasItsShareOfTheBytes() {
    ArrivalQueue queue = queue(8 * ONE);
    assertThat(takenUntilFull(queue, Source.EVENTS)).isEqualTo(4);
    assertThat(takenUntilFull(queue, Source.CIO)).isEqualTo(2);
    assertThat(takenUntilFull(queue, Source.GENERATE)).isEqualTo(1);
  }

  private static int takenUntilFull(ArrivalQueue queue, Source source) {
    int taken = 0;
    while (queue.offer(submission(source)) == Offer.TAKEN) {
      taken++;
    }
    return taken;
  }

  @Test
  void whatABurstLeavesIsForTheOtherOrgs() throws InterruptedException {
    ArrivalQueue queue = queue(80 * ONE);
    assertThat(takenUntilFull(queue, Source.GENERATE)).as("a burst").isEqualTo(70);
    for (int i = 0; i < 5; i++) {
      assertThat(queue.offer(submission("small", Source.EVENTS))).isEqualTo(Offer.TAKEN);
      assertThat(queue.offer(submission("other", Source.CIO))).isEqualTo(Offer.TAKEN);
    }
    assertThat(queue.offer(submission("small", Source.EVENTS))).isEqualTo(Offer.FULL);
    assertThat(queue.offer(submission())).isEqualTo(Offer.OVER_SHARE);
    queue.take(69 * ONE, 0);
    assertThat(queue.bytes()).isEqualTo(11 * ONE);
    assertThat(takenUntilFull(queue, Source.GENERATE)).as("the burst again").isEqualTo(59);
  }

  @Test
  void orgsThatAllWantEverythingGetTheSame() throws InterruptedException {
    ArrivalQueue queue = queue(84 * ONE);
    Map<String, Integer> taken = new TreeMap<>();
    for (int round = 0; round < 200; round++) {
      for (String org : List.of("one", "two", "three")) {
        if (queue.offer(submission(org, Source.CIO)) == Offer.TAKEN) {
          taken.merge(org, 1, Integer::sum);
        }
      }
      if (round > 20) {
        queue.take(3 * ONE, 0);
      }
    }
    assertThat(taken.values()).allSatisfy(count -> assertThat(count).isBetween(198, 202));
  }

  @Test
  void whatHasWaitedForTooLongIsNotHandedOut() throws InterruptedException {
    ArrivalQueue queue = new ArrivalQueue(Long.MAX_VALUE, Duration.ofMillis(20), late::add);
    Submission first = submission();
    queue.offer(first);
    await().until(() -> System.nanoTime() - first.offeredNanos() > 20_000_000);
    Submission second = submission();
    assertThat(queue.offer(second)).isEqualTo(Offer.TAKEN);
    assertThat(late).containsExactly(first);
    assertThat(queue.bytes()).isEqualTo(ONE);
    await().until(() -> System.nanoTime() - second.offeredNanos() > 20_000_000);
    assertThat(queue.take(Long.MAX_VALUE, 0)).isEmpty();
    assertThat(late).containsExactly(first, second);
    assertThat(queue.bytes()).isZero();
  }

  @Test
  void eachSourceHasItsShareOfTheAge() {
    ArrivalQueue queue = new ArrivalQueue(Long.MAX_VALUE, Duration.ofSeconds(60), late::add);
    long elapsed = Duration.ofSeconds(40).toNanos();
    Submission old = submission();
    queue.offer(
        new Submission(old.arrivals(), old.bytes(), System.nanoTime() - elapsed, old.durable()));
    assertThat(queue.offer(submission(Source.EVENTS))).isEqualTo(Offer.FULL);
    assertThat(queue.offer(submission(Source.CIO))).isEqualTo(Offer.TAKEN);
    assertThat(queue.offer(submission(Source.GENERATE))).isEqualTo(Offer.TAKEN);
  }

  private static Submission submission() {
    return submission(Source.GENERATE);
  }

  private static Submission submission(Source source) {
    return submission("acme", source);
  }

  private static Submission submission(String org, Source source) {
    return Submission.of(List.of(Arrivals.of(org, source, "event", "{}")));
  }
}
