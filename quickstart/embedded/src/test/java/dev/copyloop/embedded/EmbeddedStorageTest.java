package dev.copyloop.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.embedded.storage.Lifetime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class EmbeddedStorageTest {
  private static final int WRITERS = 8;
  private static final int ROUNDS = 25;
  @TempDir Path folder;

  @Test
  void oneOfEightConditionalCreatesWins() throws Exception {
    S3Server server = Fixtures.storage();
    String bucket = server.newBucket();
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    CyclicBarrier together = new CyclicBarrier(WRITERS);
    try (S3Client client = server.client()) {
      for (int round = 0; round < ROUNDS; round++) {
        String key = "race/" + round;
        List<Callable<Integer>> puts =
            IntStream.range(0, WRITERS)
                .<Callable<Integer>>mapToObj(
                    writer ->
                        () -> {
                          together.await();
                          return createdBy(client, bucket, key, writer);
                        })
                .toList();
        int winner = -1;
        for (Future<Integer> put : writers.invokeAll(puts)) {
          if (put.get() >= 0) {
            assertThat(winner).as("only one winner of %s", key).isNegative();
            winner = put.get();
          }
        }
        assertThat(read(client, bucket, key)).isEqualTo("writer " + winner);
      }
    } finally {
      writers.shutdownNow();
    }
  }

  @Test
  void keepsMetadataAndObjectsOverARestart() throws Exception {
    try (EmbeddedStorage server = EmbeddedStorage.start(folder)) {
      server.createBucket("kept");
      server.createBucket("kept");
      try (S3Client client = server.server().client()) {
        client.putObject(
            put -> put.bucket("kept").key("a/b").metadata(Map.of("lines", "3")),
            RequestBody.fromString("text"));
      }
    }
    try (EmbeddedStorage server = EmbeddedStorage.start(folder);
        S3Client client = server.server().client()) {
      assertThat(read(client, "kept", "a/b")).isEqualTo("text");
      assertThat(client.headObject(head -> head.bucket("kept").key("a/b")).metadata())
          .containsEntry("lines", "3");
    }
  }

  @Test
  void refusesAnotherKey() throws Exception {
    try (EmbeddedStorage server = EmbeddedStorage.start(folder)) {
      S3Server wrong =
          new S3Server(server.endpoint(), server.region(), server.accessKey(), "another");
      assertThatThrownBy(() -> wrong.createBucket("mine")).isInstanceOf(S3Exception.class);
    }
  }

  @Test
  void diesWhenItsParentsPipeCloses() throws Exception {
    Process process = StorageProcess.of(StorageConfig.of(folder)).start();
    assertThat(process.inputReader().readLine()).startsWith("ready http://127.0.0.1:");
    process.getOutputStream().close();
    assertThat(process.waitFor(30, SECONDS)).isTrue();
  }

  @Test
  void livesWithoutAParentIfToldSo() throws Exception {
    StorageConfig config = new StorageConfig(folder, 0, "key", "secret", Lifetime.OWN, 64);
    Process process =
        StorageProcess.of(config)
            .redirectInput(Files.createTempFile(folder, "empty", "").toFile())
            .start();
    try {
      String endpoint = process.inputReader().readLine().substring("ready ".length());
      new S3Server(endpoint, "us-east-1", "key", "secret").createBucket("alive");
      assertThat(folder.resolve("alive")).isDirectory();
    } finally {
      process.destroyForcibly();
    }
  }

  private static int createdBy(S3Client client, String bucket, String key, int writer) {
    try {
      client.putObject(
          put -> put.bucket(bucket).key(key).ifNoneMatch("*"),
          RequestBody.fromString("writer " + writer));
      return writer;
    } catch (S3Exception refused) {
      assertThat(refused.statusCode()).isIn(409, 412);
      return -1;
    }
  }

  private static String read(S3Client client, String bucket, String key) {
    return client.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asUtf8String();
  }
}
