package dev.copyloop.serving;

import dev.copyloop.serving.admin.ServedCopies;
import dev.copyloop.serving.generate.ServedVariants;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Writes down in PostgreSQL which variants were served, a second later at the latest; while it is
 * away, as soon as it is back. What is not written yet is known to this process. Confined to one
 * context, except {@link #servedHere}.
 */
final class ServedMarks implements ServedCopies {
  private static final long INTERVAL_MILLIS = 1_000;
  private static final String MARK =
      "update variant set served_at = now() where copy_id = any($1) and served_at is null";

  private final Vertx vertx;
  private final Pool pool;
  private final ServedVariants served;
  private final Set<String> written = new HashSet<>();
  private long timer = -1;
  private boolean writing;

  ServedMarks(Vertx vertx, Pool pool, ServedVariants served) {
    this.vertx = vertx;
    this.pool = pool;
    this.served = served;
  }

  void start() {
    timer = vertx.setPeriodic(INTERVAL_MILLIS, id -> write());
  }

  private void write() {
    Set<String> missing = new HashSet<>(served.copyIds());
    missing.removeAll(written);
    if (missing.isEmpty() || writing) {
      return;
    }
    writing = true;
    UUID[] copyIds = missing.stream().map(UUID::fromString).toArray(UUID[]::new);
    pool.preparedQuery(MARK)
        .execute(Tuple.of(copyIds))
        .onSuccess(done -> written.addAll(missing))
        .onComplete(done -> writing = false);
  }

  @Override
  public boolean servedHere(String copyId) {
    return served.copyIds().contains(copyId);
  }

  void close() {
    vertx.cancelTimer(timer);
  }
}
