package dev.copyloop.serving.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.settings.Org;
import dev.copyloop.events.settings.SettingsJson;
import dev.copyloop.serving.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;

/**
 * The settings in PostgreSQL, as the admin API changes them: one transaction per change, in which
 * the org is validated as a whole and the audit's row is written.
 */
final class AdminStore {
  private static final String LOCK = "select version from settings_version for update";
  private static final String ORG = "select document::text from org_settings where slug = $1";
  private static final String SETTINGS = "select document::text from settings_document";
  private static final String AUDIT =
      "insert into audit (actor, action, org, subject, before, after)"
          + " values ($1, $2, $3, $4, $5::text::jsonb, $6::text::jsonb)";

  private final Pool pool;

  AdminStore(Pool pool) {
    this.pool = pool;
  }

  /** A change's statements. */
  @FunctionalInterface
  interface Work<T> {
    Future<T> on(SqlConnection connection);
  }

  /**
   * A change's statements where they depend on what is there: the org's document, which nobody else
   * changes until the transaction ends.
   */
  @FunctionalInterface
  interface Edit<T> {
    Future<T> on(SqlConnection connection, JsonNode before);
  }

  /**
   * What a change is about.
   *
   * @param action such as {@code put}, {@code delete}
   * @param subject such as {@code template welcome}
   * @param part finds the subject in the org's document, for the audit; missing if it has no part
   *     there
   */
  record Subject(String action, String subject, Function<JsonNode, JsonNode> part) {}

  /** The settings document as text. */
  Future<String> settings() {
    return pool.query(SETTINGS).execute().map(rows -> rows.iterator().next().getString(0));
  }

  /** An org's document; fails with 404 if there is no such org. */
  Future<JsonNode> org(String slug) {
    return pool.withConnection(connection -> document(connection, slug))
        .map(
            document -> {
              if (document.isMissingNode()) {
                throw noOrg(slug);
              }
              return document;
            });
  }

  /** Carries out a change of an org and validates what comes of it. */
  <T> Future<T> change(AdminCall call, Subject subject, Work<T> work) {
    return edit(call, subject, (connection, before) -> work.on(connection));
  }

  /** The same, if the subject is what the call's {@code If-Match} names. */
  <T> Future<T> changeMatched(AdminCall call, Subject subject, Work<T> work) {
    return edit(
        call,
        subject,
        (connection, before) -> {
          call.requireMatch(subject.part().apply(before));
          return work.on(connection);
        });
  }

  /** Carries out a change that depends on the org as it is. */
  <T> Future<T> edit(AdminCall call, Subject subject, Edit<T> work) {
    return pool.withTransaction(
        connection ->
            connection
                .query(LOCK)
                .execute()
                .compose(locked -> document(connection, call.org()))
                .compose(before -> change(connection, call, subject, work, before)));
  }

  private <T> Future<T> change(
      SqlConnection connection, AdminCall call, Subject subject, Edit<T> work, JsonNode before) {
    return work.on(connection, before)
        .compose(
            result ->
                document(connection, call.org())
                    .compose(
                        after -> {
                          OrgRules.check(parsed(after));
                          return audit(connection, call, subject, before, after);
                        })
                    .map(done -> result));
  }

  private static Future<JsonNode> document(SqlConnection connection, String org) {
    return connection
        .preparedQuery(ORG)
        .execute(Tuple.of(org))
        .map(
            rows ->
                rows.size() == 0
                    ? MissingNode.getInstance()
                    : tree(rows.iterator().next().getString(0)));
  }

  private static Org parsed(JsonNode org) {
    try {
      return SettingsJson.read("{\"version\":0,\"orgs\":[" + org + "]}").orgs().get(0);
    } catch (IOException e) {
      throw ProblemException.invalid(e.getMessage());
    }
  }

  private static Future<RowSet<Row>> audit(
      SqlConnection connection, AdminCall call, Subject subject, JsonNode before, JsonNode after) {
    return connection
        .preparedQuery(AUDIT)
        .execute(
            Tuple.of(
                call.actor(),
                subject.action(),
                call.org(),
                subject.subject(),
                text(subject.part().apply(before)),
                text(subject.part().apply(after))));
  }

  private static String text(JsonNode part) {
    return part.isMissingNode() ? null : part.toString();
  }

  static JsonNode tree(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read what PostgreSQL wrote", e);
    }
  }

  static ProblemException noOrg(String slug) {
    return ProblemException.notFound(
        "There is no org " + slug + ": create it with PUT /api/admin/orgs/" + slug);
  }

  /** Fails with 404 unless a statement changed a row. */
  static Function<RowSet<Row>, RowSet<Row>> found(String what) {
    return rows -> {
      if (rows.rowCount() == 0) {
        throw ProblemException.notFound("There is no " + what);
      }
      return rows;
    };
  }

  /** The item of an array whose member has that value; missing if there is none. */
  static JsonNode item(JsonNode array, String member, String value) {
    for (JsonNode item : array) {
      if (item.path(member).asText().equals(value)) {
        return item;
      }
    }
    return MissingNode.getInstance();
  }

  static JsonNode nothing(JsonNode document) {
    return MissingNode.getInstance();
  }
}
