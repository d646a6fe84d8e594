package dev.copyloop.stack.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.stack.traffic.Campaign;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/** Creates an org with all that a replay needs, through the admin API as a client would. */
public final class OrgSetup {
  private static final int SIGNING_KEY_BYTES = 32;

  private final AdminClient admin;

  public OrgSetup(AdminClient admin) {
    this.admin = admin;
  }

  /** Creates everything, waits until serving knows it, and returns the keys. */
  public OrgAccess create(OrgPlan plan) throws IOException, InterruptedException {
    String org = "/orgs/" + plan.org();
    admin.send("PUT", org, object().put("time_zone", "UTC").put("user_key", "id"));
    String signingKey = createWorkspace(org, plan.campaign());
    createTemplate(org, plan);
    createRule(org);
    OrgAccess access = new OrgAccess(plan.org(), createKey(org), signingKey);
    ServedKey.await(admin.server(), access);
    return access;
  }

  private String createWorkspace(String org, Campaign campaign)
      throws IOException, InterruptedException {
    String workspace = org + "/workspaces/" + campaign.workspace();
    admin.send(
        "PUT", workspace, object().put("region", "us").put("default_attribute_scope", "journey"));
    String signingKey = randomKey();
    admin.send("POST", workspace + "/signing-keys", object().put("key", signingKey));
    return signingKey;
  }

  private void createTemplate(String org, OrgPlan plan) throws IOException, InterruptedException {
    Campaign campaign = plan.campaign();
    String template = org + "/templates/" + campaign.template();
    admin.send("PUT", template, object().put("channel", "email"));
    for (CopyVariant variant : plan.variants()) {
      ObjectNode body = object().put("copy_id", variant.copyId()).put("key", variant.key());
      variant.vars().forEach(body.putObject("vars")::put);
      admin.send("POST", template + "/variants", body);
    }
    admin.send("POST", template + "/bindings", binding(plan));
  }

  private static ObjectNode binding(OrgPlan plan) {
    Campaign campaign = plan.campaign();
    ObjectNode body = object();
    body.put("workspace", campaign.workspace());
    body.put("campaign_id", Long.toString(campaign.campaign()));
    body.put("webhook_action_id", Long.toString(campaign.webhookAction()));
    body.putArray("message_action_ids").add(Long.toString(campaign.messageAction()));
    body.putArray("control_action_ids").add(Long.toString(campaign.controlAction()));
    body.put("control_share", plan.controlShare());
    body.put("valid_from", plan.validFrom().toString());
    return body;
  }

  private void createRule(String org) throws IOException, InterruptedException {
    ObjectNode rule = object();
    rule.put("event_name", "purchase");
    rule.put("touch", "send");
    rule.put("model", "last");
    rule.put("window", "P14D");
    admin.send("PUT", org + "/rules/purchase", rule);
  }

  private String createKey(String org) throws IOException, InterruptedException {
    ObjectNode body = object().put("name", "replay");
    List.of("generate", "events", "replay").forEach(body.putArray("scopes")::add);
    JsonNode created = admin.send("POST", org + "/keys", body);
    return created.required("key").textValue();
  }

  private static String randomKey() {
    byte[] key = new byte[SIGNING_KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return HexFormat.of().formatHex(key);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
