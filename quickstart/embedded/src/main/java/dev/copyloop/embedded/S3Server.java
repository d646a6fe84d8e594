package dev.copyloop.embedded;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * How to reach an S3 server, addressed by path.
 *
 * @param endpoint such as {@code http://127.0.0.1:9000}
 */
public record S3Server(String endpoint, String region, String accessKey, String secretKey) {

  /** Creates the bucket if it does not exist. */
  public void createBucket(String name) {
    try (S3Client client = client()) {
      client.createBucket(request -> request.bucket(name));
    } catch (BucketAlreadyOwnedByYouException e) {
      // What was asked for holds.
    }
  }

  /** Creates a bucket with a name of its own. */
  public String newBucket() {
    String name = "test-" + UUID.randomUUID();
    createBucket(name);
    return name;
  }

  /** The keys below a prefix, in their order. */
  public List<String> keys(String bucket, String prefix) {
    try (S3Client client = client()) {
      return client
          .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix))
          .contents()
          .stream()
          .map(S3Object::key)
          .toList();
    }
  }

  /** An object's content. */
  public byte[] read(String bucket, String key) {
    try (S3Client client = client()) {
      return client.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asByteArray();
    }
  }

  /** A client; the caller closes it. */
  public S3Client client() {
    return S3Client.builder()
        .httpClientBuilder(ApacheHttpClient.builder())
        .endpointOverride(URI.create(endpoint))
        .region(Region.of(region))
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
        .build();
  }

  @Override
  public String toString() {
    return endpoint;
  }
}
