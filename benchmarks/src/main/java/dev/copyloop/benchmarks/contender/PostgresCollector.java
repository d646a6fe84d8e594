package dev.copyloop.benchmarks.contender;

import dev.copyloop.benchmarks.contender.JobWriter.Job;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A collector of RudderStack's design, after its gateway and {@code jobsdb} (rudder-server
 * f2655fb): an event is parsed, stamped and written anew, becomes a row with its columns and
 * indexes, and its request waits for a commit of PostgreSQL that holds up to 128 of them. Cheaper
 * than RudderStack's own: a batch waits for nothing but the commit before it, and nobody reads the
 * rows, writes what became of them or moves them on.
 */
public final class PostgresCollector extends BareServer {
  private static final int LARGEST_BATCH = 128;
  private static final String ORIGIN = "127.0.0.1";
  private static final String SOURCE = "benchmark";

  private final String database;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private JobWriter writer;
  private boolean isCommitting;

  private record Waiting(HttpServerRequest request, Job job) {}

  private PostgresCollector(String database) {
    this.database = database;
  }

  /** Starts on the database whose URL is the only argument; it must have {@link JobTable}. */
  public static void main(String[] args) {
    run(() -> new PostgresCollector(args[0]));
  }

  @Override
  Future<?> prepare() {
    return vertx.executeBlocking(() -> JobWriter.open(database)).onSuccess(open -> writer = open);
  }

  @Override
  void handle(HttpServerRequest request) {
    request.bodyHandler(
        body -> {
          try {
            waiting.add(new Waiting(request, job(body.toJsonObject())));
            commit();
          } catch (DecodeException e) {
            answer(request, 400);
          }
        });
  }

  private static Job job(JsonObject event) {
    String user = event.getString("user_id", "");
    String receivedAt = Instant.now().toString();
    event
        .put("rudderId", UUID.nameUUIDFromBytes(user.getBytes(StandardCharsets.UTF_8)).toString())
        .put("messageId", event.getString("messageId", UUID.randomUUID().toString()))
        .put("receivedAt", receivedAt)
        .put("request_ip", ORIGIN);
    JsonObject payload =
        new JsonObject()
            .put("batch", new JsonArray().add(event))
            .put("requestIP", ORIGIN)
            .put("writeKey", SOURCE)
            .put("receivedAt", receivedAt);
    return new Job(user, payload.encode());
  }

  /** One commit at a time, for each event loop: with two, batches are half and all are slower. */
  private void commit() {
    if (waiting.isEmpty() || isCommitting) {
      return;
    }
    isCommitting = true;
    List<Waiting> batch = new ArrayList<>();
    while (!waiting.isEmpty() && batch.size() < LARGEST_BATCH) {
      batch.add(waiting.poll());
    }
    vertx
        .executeBlocking(() -> stored(batch))
        .onComplete(
            done -> {
              isCommitting = false;
              batch.forEach(each -> answer(each.request(), done.succeeded() ? 200 : 503));
              commit();
            });
  }

  private int stored(List<Waiting> batch) throws SQLException {
    writer.store(batch.stream().map(Waiting::job).toList());
    return batch.size();
  }

  private static void answer(HttpServerRequest request, int status) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end("{\"accepted\":true}");
  }
}
