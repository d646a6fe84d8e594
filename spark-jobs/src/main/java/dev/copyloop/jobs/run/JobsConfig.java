package dev.copyloop.jobs.run;

import dev.copyloop.jobs.lease.LeaseConfig;
import java.net.URI;
import java.util.Optional;

/**
 * Where a run finds its bucket, its settings and its cluster. Immutable.
 *
 * @param root the bucket's root, ending in a slash: {@code s3a://bucket/} or a local folder
 * @param endpoint the S3 API's address; empty: AWS's own
 * @param credentials empty: the default provider chain of the AWS SDK
 * @param settings where the settings are read from
 * @param lease how the run gets its turn to write
 * @param master the Spark master; empty: what spark-submit says
 */
public record JobsConfig(
    URI root,
    Optional<URI> endpoint,
    String region,
    Optional<Credentials> credentials,
    SettingsSource settings,
    LeaseConfig lease,
    Optional<String> master) {

  public JobsConfig {
    if (!root.toString().endsWith("/")) {
      throw new IllegalArgumentException(
          "Invalid bucket root '" + root + "': expected a trailing slash");
    }
  }

  /** A key pair of the S3 API; the secret is never printed. */
  public record Credentials(String accessKey, String secretKey) {
    @Override
    public String toString() {
      return "Credentials[accessKey=" + accessKey + "]";
    }
  }

  /** The root of a bucket that is named, or given as a URI. */
  public static URI rootOf(String bucket) {
    String text = bucket.indexOf(':') < 0 ? "s3a://" + bucket : bucket;
    return URI.create(text.endsWith("/") ? text : text + "/");
  }
}
