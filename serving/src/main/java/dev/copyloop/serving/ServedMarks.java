package dev.copyloop.serving;

import dev.copyloop.serving.admin.ServedCopies;
import dev.copyloop.serving.generate.ServedVariants;
import dev.copyloop.serving.generate.ServedVariants.Served;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.HashSet;
import java.util.List;
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
      "update variant set served_at = now()"
          + " from unnest($1::text[], $2::uuid[]) as served (org, copy_id)"
          + " where variant.org = served.org and variant.copy_id = served.copy_id"
          + " and served_at is null";

  private final Vertx vertx;
  private final Pool pool;
  private final ServedVariants served;
  private final Set<Served> written = new HashSet<>();
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
    Set<Served> missing = new HashSet<>(served.all());
    missing.removeAll(written);
    if (missing.isEmpty() || writing) {
      return;
    }
    writing = true;
    List<Served> ordered = List.copyOf(missing);
    String[] orgs = ordered.stream().map(Served::org).toArray(String[]::new);
    UUID[] copyIds =
        ordered.stream().map(variant -> UUID.fromString(variant.copyId())).toArray(UUID[]::new);
    pool.preparedQuery(MARK)
        .execute(Tuple.tuple().addArrayOfString(orgs).addArrayOfUUID(copyIds))
        .onSuccess(done -> written.addAll(missing))
        .onComplete(done -> writing = false);
  }

  @Override
  public boolean servedHere(String org, String copyId) {
    return served.contains(org, copyId);
  }

  void close() {
    vertx.cancelTimer(timer);
  }
}
