package dev.copyloop.jobs.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.settings.ExportSettings.Destination;
import java.util.List;

/** What an org puts into its own AWS account so that its exports can be written. */
final class DestinationPolicy {
  private static final String VERSION = "2012-10-17";
  private static final List<String> OBJECT_ACTIONS =
      List.of("s3:GetObject", "s3:PutObject", "s3:DeleteObject");

  private DestinationPolicy() {}

  /** The bucket's policy that admits a role of ours, and to nothing but the prefix. */
  static ObjectNode ofBucket(Destination destination, String ourRole) {
    ObjectNode policy = permissions(destination);
    policy
        .get("Statement")
        .forEach(statement -> ((ObjectNode) statement).putObject("Principal").put("AWS", ourRole));
    return policy;
  }

  /** The permissions of a role of the org's own. */
  static ObjectNode permissions(Destination destination) {
    String bucket = "arn:aws:s3:::" + destination.bucket();
    ObjectNode policy = Json.mapper().createObjectNode().put("Version", VERSION);
    ArrayNode statements = policy.putArray("Statement");
    ObjectNode objects = statements.addObject();
    objects.put("Sid", "CopyloopObjects").put("Effect", "Allow");
    ArrayNode actions = objects.putArray("Action");
    OBJECT_ACTIONS.forEach(actions::add);
    objects.put("Resource", bucket + "/" + destination.prefix() + "*");
    ObjectNode list = statements.addObject();
    list.put("Sid", "CopyloopList").put("Effect", "Allow");
    list.putArray("Action").add("s3:ListBucket");
    list.put("Resource", bucket);
    list.putObject("Condition")
        .putObject("StringLike")
        .putArray("s3:prefix")
        .add(destination.prefix() + "*");
    return policy;
  }

  /** Who may assume the org's role: our role, if it names the external id. */
  static ObjectNode trust(Destination destination, String ourRole) {
    ObjectNode policy = Json.mapper().createObjectNode().put("Version", VERSION);
    ObjectNode statement = policy.putArray("Statement").addObject();
    statement.put("Sid", "CopyloopAssumes").put("Effect", "Allow");
    statement.putObject("Principal").put("AWS", ourRole);
    statement.put("Action", "sts:AssumeRole");
    destination
        .externalId()
        .ifPresent(
            id ->
                statement
                    .putObject("Condition")
                    .putObject("StringEquals")
                    .put("sts:ExternalId", id));
    return policy;
  }
}
