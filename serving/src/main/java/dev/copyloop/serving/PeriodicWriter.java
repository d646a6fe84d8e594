package dev.copyloop.serving;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Writes something down again and again, never twice at a time, and once more at the end. */
final class PeriodicWriter {
  private final Vertx vertx;
  private final long intervalMillis;
  private final Supplier<Future<?>> write;
  private final AtomicBoolean writing = new AtomicBoolean();
  private long timer = -1;

  /**
   * @param write what fails is written with the next call
   */
  PeriodicWriter(Vertx vertx, long intervalMillis, Supplier<Future<?>> write) {
    this.vertx = vertx;
    this.intervalMillis = intervalMillis;
    this.write = write;
  }

  void start() {
    timer = vertx.setPeriodic(intervalMillis, id -> write());
  }

  private Future<?> write() {
    return writing.compareAndSet(false, true)
        ? write.get().onComplete(done -> writing.set(false))
        : Future.succeededFuture();
  }

  /** The last write; it never fails. */
  Future<Void> close() {
    vertx.cancelTimer(timer);
    return write().<Void>mapEmpty().otherwiseEmpty();
  }
}
