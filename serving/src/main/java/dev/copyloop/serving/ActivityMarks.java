package dev.copyloop.serving;

import dev.copyloop.serving.activity.Activity;
import dev.copyloop.serving.activity.Activity.Counted;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/** Writes down in PostgreSQL what was counted, so that several processes add up. */
final class ActivityMarks {
  private static final String WRITE =
      "insert into activity (org, place, metric, slot, events, last_at)"
          + " select * from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[],"
          + " $5::bigint[], $6::timestamptz[])"
          + " on conflict (org, place, metric, slot) do update set"
          + " events = activity.events + excluded.events,"
          + " last_at = greatest(activity.last_at, excluded.last_at)";
  private static final String FORGET =
      "delete from activity where slot < now() - interval '8 days'";

  private final Pool pool;
  private final Activity activity;
  private Instant forgotten = Instant.EPOCH;

  ActivityMarks(Pool pool, Activity activity) {
    this.pool = pool;
    this.activity = activity;
  }

  Future<?> write() {
    List<Counted> counted = activity.take();
    if (counted.isEmpty()) {
      return Future.succeededFuture();
    }
    Tuple columns =
        Tuple.tuple()
            .addArrayOfString(texts(counted, each -> each.kind().org()))
            .addArrayOfString(texts(counted, each -> each.kind().place()))
            .addArrayOfString(texts(counted, each -> each.kind().metric()))
            .addArrayOfOffsetDateTime(times(counted, each -> each.kind().slot()))
            .addArrayOfLong(
                counted.stream().map(each -> each.count().events()).toArray(Long[]::new))
            .addArrayOfOffsetDateTime(times(counted, each -> each.count().last()));
    return pool.preparedQuery(WRITE)
        .execute(columns)
        .onFailure(failure -> counted.forEach(activity::add))
        .compose(done -> forget());
  }

  private Future<?> forget() {
    Instant now = Instant.now();
    if (now.isBefore(forgotten.plusSeconds(3600))) {
      return Future.succeededFuture();
    }
    forgotten = now;
    return pool.query(FORGET).execute();
  }

  private static String[] texts(List<Counted> counted, Function<Counted, String> column) {
    return counted.stream().map(column).toArray(String[]::new);
  }

  private static OffsetDateTime[] times(List<Counted> counted, Function<Counted, Instant> column) {
    return counted.stream()
        .map(each -> column.apply(each).atOffset(ZoneOffset.UTC))
        .toArray(OffsetDateTime[]::new);
  }
}
