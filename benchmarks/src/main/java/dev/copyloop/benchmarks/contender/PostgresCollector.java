package dev.copyloop.benchmarks.contender;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * A collector of RudderStack's design: a request waits for a commit of PostgreSQL that holds up to
 * 128 of them, each a row with its payload as {@code jsonb}. Cheaper than RudderStack's own: the
 * collector itself parses nothing, the row has no other columns, and a batch waits for nothing but
 * the commit before it.
 */
public final class PostgresCollector extends BareServer {
  private static final int LARGEST_BATCH = 128;
  private static final int COMMITS_AT_ONCE = 2;
  private static final String INSERT = "insert into job (payload) select unnest($1::text[])::jsonb";

  private final String database;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private Pool pool;
  private int commits;

  private record Waiting(HttpServerRequest request, Buffer body) {}

  private PostgresCollector(String database) {
    this.database = database;
  }

  /** Starts on the database whose URL is the only argument; it must have the table {@code job}. */
  public static void main(String[] args) {
    run(() -> new PostgresCollector(args[0]));
  }

  @Override
  Future<?> prepare() {
    pool =
        PgBuilder.pool()
            .connectingTo(PgConnectOptions.fromUri(database).setCachePreparedStatements(true))
            .with(new PoolOptions().setMaxSize(COMMITS_AT_ONCE))
            .using(vertx)
            .build();
    return pool.query("select from job limit 1").execute();
  }

  @Override
  void handle(HttpServerRequest request) {
    request.bodyHandler(
        body -> {
          waiting.add(new Waiting(request, body));
          if (commits < COMMITS_AT_ONCE) {
            commit();
          }
        });
  }

  private void commit() {
    List<Waiting> batch = new ArrayList<>();
    while (!waiting.isEmpty() && batch.size() < LARGEST_BATCH) {
      batch.add(waiting.poll());
    }
    String[] payloads = batch.stream().map(each -> each.body().toString()).toArray(String[]::new);
    commits++;
    pool.preparedQuery(INSERT)
        .execute(Tuple.tuple().addArrayOfString(payloads))
        .onComplete(
            done -> {
              commits--;
              batch.forEach(each -> answer(each.request(), done.succeeded() ? 200 : 503));
              if (!waiting.isEmpty()) {
                commit();
              }
            });
  }

  private static void answer(HttpServerRequest request, int status) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end("{\"accepted\":true}");
  }
}
