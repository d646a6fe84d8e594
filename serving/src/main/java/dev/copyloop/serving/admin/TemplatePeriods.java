package dev.copyloop.serving.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.function.Function;

/**
 * What holds for a template from a time on, until the next takes its place.
 *
 * @param kind what one is called, for the audit
 * @param put the statement that writes one, or the one of the same time anew
 */
record TemplatePeriods(String kind, String put) {

  /**
   * Writes one.
   *
   * @param ofTemplate finds the template's in the org's document
   * @return the org's document with it; 404 if there is no such template
   */
  Future<JsonNode> put(
      AdminStore store, AdminCall call, Tuple row, Function<JsonNode, JsonNode> ofTemplate) {
    String subject = kind + " of template " + call.parameter("template_id");
    return store
        .org(call.org())
        .map(org -> TemplateResource.existing(org, call))
        .compose(
            template ->
                store.change(
                    call,
                    new AdminStore.Subject("put", subject, ofTemplate),
                    connection -> connection.preparedQuery(put).execute(row)))
        .compose(done -> store.org(call.org()));
  }
}
