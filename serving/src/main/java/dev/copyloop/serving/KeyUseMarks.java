package dev.copyloop.serving;

import dev.copyloop.serving.access.KeyUse;
import dev.copyloop.serving.access.KeyUse.Spent;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes down in PostgreSQL how often keys were used and when last, and learns what all processes
 * counted together.
 */
final class KeyUseMarks {
  /** A key that was deleted meanwhile has no use any more. */
  private static final String WRITE =
      "insert into api_key_use (key_id, day, requests, last_used_at)"
          + " select used.* from unnest($1::text[], $2::date[], $3::bigint[], $4::timestamptz[])"
          + " as used (key_id, day, requests, last_used_at) join api_key using (key_id)"
          + " on conflict (key_id, day) do update set"
          + " requests = api_key_use.requests + excluded.requests,"
          + " last_used_at = greatest(api_key_use.last_used_at, excluded.last_used_at)"
          + " returning key_id, day, requests";

  private final Pool pool;
  private final KeyUse use;

  KeyUseMarks(Pool pool, KeyUse use) {
    this.pool = pool;
    this.use = use;
  }

  Future<?> write() {
    List<Spent> spent = use.unwritten();
    if (spent.isEmpty()) {
      return Future.succeededFuture();
    }
    Tuple columns =
        Tuple.tuple()
            .addArrayOfString(spent.stream().map(Spent::keyId).toArray(String[]::new))
            .addArrayOfLocalDate(spent.stream().map(Spent::day).toArray(LocalDate[]::new))
            .addArrayOfLong(spent.stream().map(Spent::requests).toArray(Long[]::new))
            .addArrayOfOffsetDateTime(
                spent.stream()
                    .map(each -> each.lastUsed().atOffset(ZoneOffset.UTC))
                    .toArray(OffsetDateTime[]::new));
    return pool.preparedQuery(WRITE)
        .execute(columns)
        .onSuccess(rows -> use.written(spent, newestTotals(rows)));
  }

  private static Map<String, Long> newestTotals(Iterable<Row> rows) {
    Map<String, LocalDate> days = new HashMap<>();
    Map<String, Long> totals = new HashMap<>();
    for (Row row : rows) {
      LocalDate day = row.getLocalDate("day");
      String keyId = row.getString("key_id");
      if (!day.isBefore(days.getOrDefault(keyId, LocalDate.EPOCH))) {
        days.put(keyId, day);
        totals.put(keyId, row.getLong("requests"));
      }
    }
    return totals;
  }
}
