package dev.copyloop.landing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.landing.Bucket;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ObjectStoreTest {
  private static final String KEY = "landing/cio/2026/01/02/03/x-00000001-00000000000000.ndjson.gz";
  private static final ObjectDigest DIGEST = new ObjectDigest("a".repeat(64), 3, 1);
  private static final ObjectDigest OTHER = new ObjectDigest("b".repeat(64), 3, 1);

  @TempDir Path folder;
  private final Bucket bucket = new Bucket();
  private final ObjectStore store = bucket.store();
  private Path content;

  @BeforeEach
  void writeContent() throws IOException {
    content = Files.writeString(folder.resolve("content"), "not really gzip");
  }

  @AfterEach
  void close() {
    store.close();
    bucket.close();
  }

  @Test
  void aNewObjectIsStoredWithItsDigest() throws IOException {
    assertThat(store.create(KEY, content, DIGEST)).isEqualTo(new StoreOutcome.Stored());
    assertThat(store.find(KEY)).contains(DIGEST);
    assertThat(read(KEY)).isEqualTo("not really gzip");
  }

  @Test
  void theSameContentAgainIsASuccess() {
    store.create(KEY, content, DIGEST);
    assertThat(store.create(KEY, content, DIGEST)).isEqualTo(new StoreOutcome.AlreadyThere());
  }

  @Test
  void otherContentIsAConflictAndNothingIsOverwritten() throws IOException {
    store.create(KEY, content, DIGEST);
    Path other = Files.writeString(folder.resolve("other"), "something else");
    assertThat(store.create(KEY, other, OTHER))
        .isEqualTo(new StoreOutcome.Conflict(DIGEST.sha256()));
    assertThat(read(KEY)).isEqualTo("not really gzip");
  }

  @Test
  void ofManyCreatorsOneWins() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Callable<StoreOutcome>> attempts = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        ObjectDigest digest = new ObjectDigest(Integer.toString(i).repeat(64), 1, 1);
        attempts.add(() -> store.create(KEY, content, digest));
      }
      List<StoreOutcome> outcomes = new ArrayList<>();
      for (Future<StoreOutcome> outcome : threads.invokeAll(attempts)) {
        outcomes.add(outcome.get());
      }
      assertThat(outcomes).filteredOn(StoreOutcome.Stored.class::isInstance).hasSize(1);
      // A store may also answer a loser with 409: nothing was done, try again.
      assertThat(outcomes)
          .filteredOn(outcome -> !(outcome instanceof StoreOutcome.Stored))
          .allMatch(
              outcome ->
                  outcome instanceof StoreOutcome.Conflict
                      || outcome instanceof StoreOutcome.FailedClean);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whatIsNotThereIsNotFound() throws IOException {
    assertThat(store.find(KEY)).isEmpty();
  }

  @Test
  void aMarkIsReplaced() throws IOException {
    store.replace("landing/_writers/x.json", "1".getBytes(StandardCharsets.UTF_8));
    store.replace("landing/_writers/x.json", "2".getBytes(StandardCharsets.UTF_8));
    assertThat(read("landing/_writers/x.json")).isEqualTo("2");
  }

  @Test
  void aMissingBucketFailsCleanly() {
    try (ObjectStore nowhere =
        S3ObjectStore.open(bucket.config("landing.store.bucket", "no-such-bucket"))) {
      assertThat(nowhere.create(KEY, content, DIGEST)).isInstanceOf(StoreOutcome.FailedClean.class);
    }
  }

  @Test
  void aWrongSecretFailsCleanly() {
    try (ObjectStore denied =
        S3ObjectStore.open(bucket.config("landing.store.secret-key", "wrong"))) {
      assertThat(denied.create(KEY, content, DIGEST)).isInstanceOf(StoreOutcome.FailedClean.class);
      assertThatThrownBy(() -> denied.find(KEY)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aStoreThatIsAwayLeavesTheOutcomeUnknown() throws IOException {
    int freePort;
    try (ServerSocket socket = new ServerSocket(0)) {
      freePort = socket.getLocalPort();
    }
    try (ObjectStore away =
        S3ObjectStore.open(
            bucket.config("landing.store.endpoint", "http://127.0.0.1:" + freePort))) {
      assertThat(away.create(KEY, content, DIGEST)).isInstanceOf(StoreOutcome.Unknown.class);
      assertThatThrownBy(() -> away.find(KEY))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(KEY)
          .hasMessageContaining(bucket.name());
    }
  }

  private String read(String key) {
    return bucket
        .client()
        .getObjectAsBytes(get -> get.bucket(bucket.name()).key(key))
        .asUtf8String();
  }
}
