package dev.copyloop.landing;

import dev.copyloop.embedded.Fixtures;
import dev.copyloop.embedded.S3Server;
import dev.copyloop.events.config.ConfigReader;
import dev.copyloop.events.landing.LandingKey;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.LandingLineJson;
import dev.copyloop.events.landing.WriterMark;
import dev.copyloop.events.landing.WriterMarkJson;
import dev.copyloop.landing.store.S3ObjectStore;
import dev.copyloop.landing.store.S3StoreConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket of a test's own on the real S3 server. */
public final class Bucket implements AutoCloseable {
  private final S3Server server = Fixtures.storage();
  private final String name = server.newBucket();
  private final S3Client client = server.client();

  /** The settings of a store on it. */
  public Map<String, String> settings() {
    return new TreeMap<>(
        Map.of(
            "landing.store.endpoint", server.endpoint(),
            "landing.store.region", server.region(),
            "landing.store.bucket", name,
            "landing.store.path-style", "true",
            "landing.store.access-key", server.accessKey(),
            "landing.store.secret-key", server.secretKey()));
  }

  /** Its configuration, with some keys set otherwise. */
  public S3StoreConfig config(String... keysAndValues) {
    Map<String, String> values = settings();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return S3StoreConfig.read(ConfigReader.of(values, Map.of()));
  }

  /** The product's store on it; the caller closes it. */
  public S3ObjectStore store() {
    return S3ObjectStore.open(config());
  }

  /** A client for whatever else a test needs. */
  public S3Client client() {
    return client;
  }

  /** The bucket's name. */
  public String name() {
    return name;
  }

  /** The keys of all landing objects. */
  public List<String> landingKeys() {
    return client
        .listObjectsV2Paginator(list -> list.bucket(name).prefix(LandingKey.PREFIX))
        .contents()
        .stream()
        .map(S3Object::key)
        .filter(key -> LandingKey.parse(key).isPresent())
        .toList();
  }

  /** The uncompressed bytes of an object. */
  public byte[] gunzipped(String key) throws IOException {
    byte[] bytes = client.getObjectAsBytes(get -> get.bucket(name).key(key)).asByteArray();
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  /** The lines of all landing objects, each object's in order. */
  public List<LandingLine> lines() throws IOException {
    List<LandingLine> lines = new ArrayList<>();
    for (String key : landingKeys()) {
      for (String line : new String(gunzipped(key), StandardCharsets.UTF_8).split("\n", -1)) {
        if (!line.isEmpty()) {
          lines.add(LandingLineJson.read(line.getBytes(StandardCharsets.UTF_8)));
        }
      }
    }
    return lines;
  }

  /** The event ids of all landed lines. */
  public List<String> eventIds() throws IOException {
    return lines().stream().map(LandingLine::eventId).toList();
  }

  /** The mark of a writer. */
  public WriterMark mark(UUID writer) throws IOException {
    return WriterMarkJson.read(
        client
            .getObjectAsBytes(get -> get.bucket(name).key(LandingKey.writerMark(writer)))
            .asByteArray());
  }

  @Override
  public void close() {
    client.close();
  }
}
