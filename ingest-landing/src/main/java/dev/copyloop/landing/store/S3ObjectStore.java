package dev.copyloop.landing.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Any storage with the S3 API and conditional creation (RFC 9110 {@code If-None-Match: *}).
 *
 * <p>One attempt per call: whoever calls decides about trying again. Thread-safe.
 */
public final class S3ObjectStore implements ObjectStore {
  private static final int CONFLICTING_OPERATION = 409;
  private static final int PRECONDITION_FAILED = 412;
  private static final int SLOW_DOWN = 503;

  /** Above what the landing ever puts at once, or a put would wait for a connection. */
  private static final int MAX_CONNECTIONS = 64;

  private final S3Client client;
  private final String bucket;

  private S3ObjectStore(S3Client client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  /** A client of that bucket; nothing is asked of the store yet. */
  public static S3ObjectStore open(S3StoreConfig config) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(config.region()))
            .forcePathStyle(config.addressing() == S3StoreConfig.Addressing.PATH)
            .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
            // Trailing checksums need chunked encoding, which not every store speaks.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(
                override ->
                    override
                        .retryStrategy(DefaultRetryStrategy.doNotRetry())
                        .apiCallAttemptTimeout(config.requestTimeout())
                        .apiCallTimeout(config.requestTimeout()))
            .httpClientBuilder(
                ApacheHttpClient.builder()
                    .connectionTimeout(config.connectTimeout())
                    .socketTimeout(config.requestTimeout())
                    .maxConnections(MAX_CONNECTIONS));
    config.endpoint().ifPresent(builder::endpointOverride);
    config
        .keys()
        .ifPresent(
            keys ->
                builder.credentialsProvider(
                    StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(keys.accessKey(), keys.secretKey()))));
    return new S3ObjectStore(builder.build(), config.bucket());
  }

  @Override
  public StoreOutcome create(String key, Path content, ObjectDigest digest) {
    return create(key, RequestBody.fromFile(content), digest);
  }

  @Override
  public StoreOutcome create(String key, byte[] content, ObjectDigest digest) {
    return create(key, RequestBody.fromBytes(content), digest);
  }

  private StoreOutcome create(String key, RequestBody content, ObjectDigest digest) {
    try {
      client.putObject(
          put ->
              put.bucket(bucket)
                  .key(key)
                  .ifNoneMatch("*")
                  .contentType("application/gzip")
                  .metadata(metadata(digest)),
          content);
      return new StoreOutcome.Stored();
    } catch (SdkException e) {
      return resolve(key, digest, e);
    }
  }

  /** What a failed attempt left behind. */
  private StoreOutcome resolve(String key, ObjectDigest digest, SdkException failure) {
    if (isClean(failure)) {
      return new StoreOutcome.FailedClean(failure);
    }
    try {
      Optional<ObjectDigest> found = find(key);
      if (found.isEmpty()) {
        return new StoreOutcome.Unknown(failure);
      }
      return found.get().sha256().equals(digest.sha256())
          ? new StoreOutcome.AlreadyThere()
          : new StoreOutcome.Conflict(found.get().sha256());
    } catch (IOException e) {
      failure.addSuppressed(e);
      return new StoreOutcome.Unknown(failure);
    }
  }

  /** Whether the store itself said that it did nothing, for a reason other than the object. */
  private static boolean isClean(SdkException failure) {
    if (!(failure instanceof S3Exception answered)) {
      return false;
    }
    int status = answered.statusCode();
    return status == SLOW_DOWN
        || status == CONFLICTING_OPERATION
        || (status >= 400 && status < 500 && status != PRECONDITION_FAILED);
  }

  @Override
  public Optional<ObjectDigest> find(String key) throws IOException {
    try {
      return Optional.of(
          digest(key, client.headObject(head -> head.bucket(bucket).key(key)).metadata()));
    } catch (S3Exception e) {
      if (e.statusCode() == 404) {
        return Optional.empty();
      }
      throw new IOException("Cannot look up " + key + " in bucket " + bucket, e);
    } catch (SdkException e) {
      throw new IOException("Cannot look up " + key + " in bucket " + bucket, e);
    }
  }

  @Override
  public void replace(String key, byte[] content) throws IOException {
    try {
      client.putObject(
          put -> put.bucket(bucket).key(key).contentType("application/json"),
          RequestBody.fromBytes(content));
    } catch (SdkException e) {
      throw new IOException("Cannot write " + key + " to bucket " + bucket, e);
    }
  }

  private static Map<String, String> metadata(ObjectDigest digest) {
    return Map.of(
        "sha256", digest.sha256(),
        "lines", Long.toString(digest.lines()),
        "schema", Integer.toString(digest.schema()));
  }

  private static ObjectDigest digest(String key, Map<String, String> metadata) throws IOException {
    try {
      return new ObjectDigest(
          metadata.getOrDefault("sha256", ""),
          Long.parseLong(metadata.getOrDefault("lines", "-1")),
          Integer.parseInt(metadata.getOrDefault("schema", "-1")));
    } catch (NumberFormatException e) {
      throw new IOException("Invalid metadata of " + key + ": " + metadata, e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
