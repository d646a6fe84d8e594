package dev.copyloop.landing.accept;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.landing.Arrivals;
import dev.copyloop.landing.accept.ArrivalQueue.Offer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ArrivalQueueTest {
  private static final long ONE = submission().bytes();

  @Test
  void whatWaitsIsBoundedByBytes() throws InterruptedException {
    ArrivalQueue queue = new ArrivalQueue(2 * ONE);
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
    ArrivalQueue queue = new ArrivalQueue(1);
    assertThat(queue.offer(submission())).isEqualTo(Offer.TAKEN);
    assertThat(queue.offer(submission())).isEqualTo(Offer.FULL);
  }

  @Test
  void aBatchEndsAtItsLimitAndKeepsTheOrder() throws InterruptedException {
    ArrivalQueue queue = new ArrivalQueue(Long.MAX_VALUE);
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
    ArrivalQueue queue = new ArrivalQueue(Long.MAX_VALUE);
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
    ArrivalQueue queue = new ArrivalQueue(Long.MAX_VALUE);
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

  private static Submission submission() {
    return Submission.of(List.of(Arrivals.cio("event")));
  }
}
