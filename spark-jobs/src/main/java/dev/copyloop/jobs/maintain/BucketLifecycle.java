package dev.copyloop.jobs.maintain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.events.landing.LandingKey;

/**
 * The bucket's lifecycle rules, as {@code aws s3api put-bucket-lifecycle-configuration} takes them.
 * No rule ever expires a landing, a table's file or an export: those are removed by jobs that know
 * what still needs them.
 */
final class BucketLifecycle {
  private static final int DAYS_OF_BROKEN_UPLOADS = 7;
  private static final int DAYS_OF_OLD_VERSIONS = 30;
  private static final int DAYS_OF_RUN_RESULTS = 400;

  private final ArrayNode rules = Json.mapper().createArrayNode();

  private BucketLifecycle() {}

  /**
   * The rules.
   *
   * @param coolAfterDays age in days at which landings move to infrequent access, from 30
   */
  static String json(int coolAfterDays) {
    BucketLifecycle lifecycle = new BucketLifecycle();
    lifecycle
        .rule("broken-uploads", "")
        .putObject("AbortIncompleteMultipartUpload")
        .put("DaysAfterInitiation", DAYS_OF_BROKEN_UPLOADS);
    lifecycle
        .rule("old-versions", "")
        .putObject("NoncurrentVersionExpiration")
        .put("NoncurrentDays", DAYS_OF_OLD_VERSIONS);
    lifecycle
        .rule("run-results", LakeLayout.RUNS)
        .putObject("Expiration")
        .put("Days", DAYS_OF_RUN_RESULTS);
    lifecycle
        .rule("cool-landings", LandingKey.PREFIX)
        .putArray("Transitions")
        .addObject()
        .put("Days", coolAfterDays)
        .put("StorageClass", "STANDARD_IA");
    ObjectNode document = Json.mapper().createObjectNode();
    document.set("Rules", lifecycle.rules);
    return document.toPrettyString() + "\n";
  }

  private ObjectNode rule(String id, String prefix) {
    ObjectNode rule = rules.addObject();
    rule.put("ID", "copyloop-" + id);
    rule.put("Status", "Enabled");
    rule.putObject("Filter").put("Prefix", prefix);
    return rule;
  }
}
