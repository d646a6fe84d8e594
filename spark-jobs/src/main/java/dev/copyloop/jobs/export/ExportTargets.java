package dev.copyloop.jobs.export;

import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.events.settings.ExportSettings.Destination;
import dev.copyloop.events.settings.Org;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.run.Bucket;
import dev.copyloop.jobs.run.JobException;
import dev.copyloop.jobs.run.JobsConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Opens the orgs' destinations: the exports' prefix in our bucket, or a bucket of the org's own,
 * entered by our role or by one of the org's that is assumed.
 */
final class ExportTargets {
  private static final String S3A = "fs.s3a.";
  private static final String ASSUMED_ROLE =
      "org.apache.hadoop.fs.s3a.auth.AssumedRoleCredentialProvider";
  private static final String DEFAULT_PROVIDERS =
      "software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider";
  private static final String PROVIDER = "aws.credentials.provider";

  private final Bucket ours;
  private final Configuration configuration;

  /**
   * @param ours our bucket
   * @param configuration how it is reached
   */
  ExportTargets(Bucket ours, Configuration configuration) {
    this.ours = ours;
    this.configuration = configuration;
  }

  /** The target of an org. */
  ExportTarget of(Org org) {
    return org.exports()
        .destination()
        .map(destination -> of(org.slug(), destination))
        .orElseGet(() -> new ExportTarget(ours, LakeLayout.exports(org.slug())));
  }

  private ExportTarget of(String org, Destination destination) {
    Configuration entered = entered(org, destination, configuration);
    return new ExportTarget(
        new Bucket(JobsConfig.rootOf(destination.bucket()), entered), destination.prefix());
  }

  /** S3A's configuration for a destination: ours, but for what it sets for that bucket alone. */
  static Configuration entered(String org, Destination destination, Configuration base) {
    Configuration configuration = new Configuration(base);
    String bucket = S3A + "bucket." + destination.bucket() + ".";
    destination.region().ifPresent(region -> configuration.set(bucket + "endpoint.region", region));
    destination
        .roleArn()
        .ifPresent(
            role -> {
              // Not per bucket: S3A reads the provider that calls STS from the common key.
              configuration.set(
                  S3A + "assumed.role.credentials.provider",
                  configuration.get(S3A + PROVIDER, DEFAULT_PROVIDERS));
              configuration.set(bucket + PROVIDER, ASSUMED_ROLE);
              configuration.set(bucket + "assumed.role.arn", role);
              configuration.set(bucket + "assumed.role.session.name", "copyloop-" + org);
            });
    destination
        .externalId()
        .ifPresent(id -> configuration.set(bucket + "assumed.role.external.id", id));
    return configuration;
  }

  /**
   * Checks that no two orgs enter one bucket in different ways: a process has one way into a
   * bucket.
   *
   * @throws JobException naming both
   */
  static void requireOneWayIn(Settings settings) {
    Map<String, Org> first = new HashMap<>();
    for (Org org : settings.orgs()) {
      Optional<Destination> destination = org.exports().destination();
      if (destination.isPresent()) {
        Org other = first.putIfAbsent(destination.get().bucket(), org);
        if (other != null && !way(other).equals(way(org))) {
          throw JobException.usage(
              ("Orgs %s and %s export to bucket %s, yet by different regions, roles or external"
                      + " ids: give both the same, or use two buckets")
                  .formatted(other.slug(), org.slug(), destination.get().bucket()));
        }
      }
    }
  }

  /**
   * Checks that no two orgs export to one place: each night they would replace each other's parts.
   *
   * @throws JobException naming both
   */
  void requireOwnPlaces(Settings settings) {
    Map<String, Org> first = new HashMap<>();
    for (Org org : settings.orgs()) {
      String place = of(org).address("");
      Org other = first.putIfAbsent(place, org);
      if (other != null) {
        throw JobException.usage(
            "Orgs %s and %s export to the same place, %s: give each a prefix of its own"
                .formatted(other.slug(), org.slug(), place));
      }
    }
  }

  private static String way(Org org) {
    Destination destination = org.exports().destination().orElseThrow();
    return "%s %s %s"
        .formatted(destination.region(), destination.roleArn(), destination.externalId());
  }
}
