package dev.copyloop.serving.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.settings.SettingsJson;
import dev.copyloop.events.settings.Template;
import dev.copyloop.serving.http.ProblemException;
import dev.copyloop.serving.setup.SetupText;
import io.vertx.core.Future;
import java.io.IOException;

/** {@code GET …/templates/{template_id}/setup}: what the marketer pastes into Customer.io. */
final class SetupResource {
  private final AdminStore store;
  private final String publicUrl;

  SetupResource(AdminStore store, String publicUrl) {
    this.store = store;
    this.publicUrl = publicUrl;
  }

  Future<AdminReply> get(AdminCall call) {
    return store
        .org(call.org())
        .map(
            org -> {
              JsonNode found = TemplateResource.existing(org, call);
              Template template = template(org, found);
              return AdminReply.text(SetupText.of(publicUrl, call.org(), template));
            });
  }

  /** A template of an org's document, typed. */
  static Template template(JsonNode org, JsonNode found) {
    try {
      return SettingsJson.read("{\"version\":0,\"orgs\":[" + org + "]}")
          .orgs()
          .get(0)
          .template(found.get("template_id").asText())
          .orElseThrow();
    } catch (IOException e) {
      throw ProblemException.conflict("The settings can't be read: " + e.getMessage());
    }
  }
}
