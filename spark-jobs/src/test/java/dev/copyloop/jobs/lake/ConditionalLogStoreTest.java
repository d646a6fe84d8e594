package dev.copyloop.jobs.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.embedded.Fixtures;
import dev.copyloop.embedded.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ConditionalLogStoreTest {
  private static final S3Server SERVER = Fixtures.storage();

  private String bucket;
  private Path version;

  @BeforeEach
  void create() {
    bucket = SERVER.newBucket();
    version = new Path("s3a://" + bucket + "/lake/t/_delta_log/00000000000000000001.json");
  }

  /** A file system of its own, as another process has. */
  private static Configuration configuration(String endpoint) {
    Configuration configuration = new Configuration(true);
    configuration.set("fs.s3a.endpoint", endpoint);
    configuration.set("fs.s3a.endpoint.region", SERVER.region());
    configuration.set("fs.s3a.path.style.access", "true");
    configuration.set("fs.s3a.connection.ssl.enabled", "false");
    configuration.set("fs.s3a.access.key", SERVER.accessKey());
    configuration.set("fs.s3a.secret.key", SERVER.secretKey());
    configuration.set(
        "fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
    configuration.set("fs.s3a.impl.disable.cache", "true");
    configuration.set("fs.s3a.attempts.maximum", "3");
    return configuration;
  }

  private void write(Configuration configuration, String action) throws IOException {
    new ConditionalLogStore(configuration)
        .write(version, List.of(action).iterator(), false, configuration);
  }

  private String content() {
    String key = version.toUri().getPath().substring(1);
    return new String(SERVER.read(bucket, key), StandardCharsets.UTF_8);
  }

  @Test
  void neverOverwritesAVersion() throws IOException {
    write(configuration(SERVER.endpoint()), "first");
    assertThatThrownBy(() -> write(configuration(SERVER.endpoint()), "second"))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(content()).isEqualTo("first\n");
  }

  @Test
  @Tag("case-6-two-writers")
  void ofManyWritersExactlyOneHasAVersion() {
    List<CompletableFuture<Boolean>> writers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String action = "writer " + i;
      writers.add(CompletableFuture.supplyAsync(() -> wins(action)));
    }
    assertThat(writers.stream().filter(CompletableFuture::join).count()).isEqualTo(1);
  }

  private boolean wins(String action) {
    try {
      write(configuration(SERVER.endpoint()), action);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new IllegalStateException("Cannot write", e);
    }
  }

  @Test
  void knowsItsOwnVersionWhenTheAnswerWasLost() throws IOException {
    try (AnswerLoser proxy = new AnswerLoser(URI.create(SERVER.endpoint()))) {
      proxy.loseAnswerTo(version.getName());
      write(configuration(proxy.endpoint().toString()), "mine");
      assertThat(proxy.lost()).isEqualTo(1);
      assertThat(content()).isEqualTo("mine\n");
    }
  }

  @Test
  void doesNotTakeAnothersVersionForItsOwnWhenTheAnswerWasLost() throws IOException {
    write(configuration(SERVER.endpoint()), "theirs");
    try (AnswerLoser proxy = new AnswerLoser(URI.create(SERVER.endpoint()))) {
      proxy.loseAnswerTo(version.getName());
      Configuration configuration = configuration(proxy.endpoint().toString());
      assertThatThrownBy(() -> write(configuration, "mine"))
          .isInstanceOf(FileAlreadyExistsException.class);
      assertThat(proxy.lost()).isEqualTo(1);
      assertThat(content()).isEqualTo("theirs\n");
    }
  }

  @Test
  void replacesWhatDeltaMayReplace() throws IOException {
    Configuration configuration = configuration(SERVER.endpoint());
    Path pointer = new Path(version.getParent(), "_last_checkpoint");
    ConditionalLogStore store = new ConditionalLogStore(configuration);
    store.write(pointer, List.of("1").iterator(), true, configuration);
    store.write(pointer, List.of("2").iterator(), true, configuration);
    try (FileSystem fileSystem = pointer.getFileSystem(configuration)) {
      assertThat(fileSystem.getFileStatus(pointer).getLen()).isEqualTo(2);
    }
    assertThat(store.isPartialWriteVisible(version, configuration)).isFalse();
  }
}
