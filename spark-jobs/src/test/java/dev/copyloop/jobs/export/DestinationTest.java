package dev.copyloop.jobs.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.embedded.Fixtures;
import dev.copyloop.events.settings.ExportSettings;
import dev.copyloop.events.settings.ExportSettings.Destination;
import dev.copyloop.events.settings.Measurement;
import dev.copyloop.events.settings.Org;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.events.settings.UserKey;
import dev.copyloop.jobs.run.Bucket;
import dev.copyloop.jobs.run.JobException;
import dev.copyloop.jobs.run.JobsConfig;
import dev.copyloop.jobs.run.TestLake;
import java.io.IOException;
import java.time.ZoneOffset;
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
  void noTwoOrgsExportToOnePlace() {
    Configuration storage = new Configuration(false);
    ExportTargets targets =
        new ExportTargets(new Bucket(JobsConfig.rootOf("ours"), storage), storage);
    Org acme = org("acme", Optional.empty());
    Org beta = org("beta", Optional.of(destination("theirs", "")));

    targets.requireOwnPlaces(
        new Settings(
            1, List.of(acme, beta, org("gamma", Optional.of(destination("theirs", "c/"))))));

    assertThatThrownBy(
            () ->
                targets.requireOwnPlaces(
                    new Settings(
                        1, List.of(beta, org("gamma", Optional.of(destination("theirs", "")))))))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("Orgs beta and gamma export to the same place, s3a://theirs/");
    Org intruder = org("gamma", Optional.of(destination("ours", "exports/acme/")));
    assertThatThrownBy(() -> targets.requireOwnPlaces(new Settings(1, List.of(acme, intruder))))
        .hasMessageContaining("Orgs acme and gamma");
  }

  private static Destination destination(String bucket, String prefix) {
    return new Destination(bucket, prefix, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static Org org(String slug, Optional<Destination> destination) {
    return new Org(
        slug,
        ZoneOffset.UTC,
        UserKey.ID,
        UserKey.ID,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new ExportSettings(
            ExportSettings.DEFAULT.datasets(), ExportSettings.Shape.DEFAULT, destination),
        Measurement.NONE);
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
