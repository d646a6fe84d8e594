package dev.copyloop.jobs.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.embedded.Fixtures;
import dev.copyloop.events.settings.ExportSettings.Destination;
import dev.copyloop.jobs.run.Bucket;
import dev.copyloop.jobs.run.JobException;
import dev.copyloop.jobs.run.JobsConfig;
import dev.copyloop.jobs.run.TestLake;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class DestinationTest {
  private static final String OURS = "arn:aws:iam::111111111111:role/copyloop";
  private static final Destination THEIRS =
      new Destination(
          "their-bucket",
          "copy/",
          Optional.of("eu-central-1"),
          Optional.of("arn:aws:iam::222222222222:role/reader"),
          Optional.of("acme-1"));

  @Test
  void thePolicyAdmitsOurRoleToThePrefixAndToNothingElse() {
    JsonNode policy = DestinationPolicy.ofBucket(THEIRS, OURS);
    assertThat(policy.at("/Statement/0/Action"))
        .hasToString("[\"s3:GetObject\",\"s3:PutObject\",\"s3:DeleteObject\"]");
    assertThat(policy.at("/Statement/0/Resource").asText())
        .isEqualTo("arn:aws:s3:::their-bucket/copy/*");
    assertThat(policy.at("/Statement/1/Condition/StringLike/s3:prefix"))
        .hasToString("[\"copy/*\"]");
    assertThat(policy.at("/Statement")).hasSize(2);
    assertThat(policy.findValuesAsText("AWS")).containsExactly(OURS, OURS);
    JsonNode trust = DestinationPolicy.trust(THEIRS, OURS);
    assertThat(trust.at("/Statement/0/Condition/StringEquals/sts:ExternalId").asText())
        .isEqualTo("acme-1");
  }

  @Test
  void aRoleOfTheOrgsIsAssumedForItsBucketAlone() {
    Configuration ours = new Configuration(false);
    ours.set("fs.s3a.aws.credentials.provider", "ours");
    Configuration entered = ExportTargets.entered("acme", THEIRS, ours);
    String bucket = "fs.s3a.bucket.their-bucket.";
    assertThat(entered.get(bucket + "assumed.role.arn")).isEqualTo(THEIRS.roleArn().orElseThrow());
    assertThat(entered.get(bucket + "assumed.role.external.id")).isEqualTo("acme-1");
    assertThat(entered.get(bucket + "aws.credentials.provider")).contains("AssumedRole");
    assertThat(entered.get(bucket + "endpoint.region")).isEqualTo("eu-central-1");
    assertThat(entered.get("fs.s3a.assumed.role.credentials.provider")).isEqualTo("ours");
    assertThat(entered.get("fs.s3a.aws.credentials.provider")).isEqualTo("ours");
    assertThat(ours.get("fs.s3a.assumed.role.credentials.provider")).isNull();
  }

  @Test
  void thePreflightLeavesNothingAndNamesTheStepThatFails() throws IOException {
    Bucket bucket = TestLake.in(Fixtures.storage()).run().bucket();
    assertThat(new Preflight(new ExportTarget(bucket, "copy/")).run())
        .containsExactly("put: ok", "get: ok", "list: ok", "delete: ok");
    List<String> left = new ArrayList<>();
    bucket.list("copy/", entry -> left.add(entry.key()));
    assertThat(left).isEmpty();

    Bucket missing =
        new Bucket(
            JobsConfig.rootOf("no-such-bucket-of-ours"),
            TestLake.spark().sparkContext().hadoopConfiguration());
    assertThatThrownBy(() -> new Preflight(new ExportTarget(missing, "")).run())
        .isInstanceOf(JobException.class)
        .hasMessageContaining("Cannot put s3a://no-such-bucket-of-ours/")
        .hasMessageContaining("s3:PutObject");
  }
}
