package dev.copyloop.stack.home;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** The ports and secrets of one local stack: chosen at its first start, then kept. */
public record StackSettings(
    int servingPort,
    int postgresPort,
    int storagePort,
    String adminToken,
    String accessKey,
    String secretKey) {

  /** The one bucket. */
  public static final String BUCKET = "copyloop";

  public static final String REGION = "us-east-1";

  private static final String SERVING_PORT = "serving.port";
  private static final String POSTGRES_PORT = "postgres.port";
  private static final String STORAGE_PORT = "storage.port";
  private static final String ADMIN_TOKEN = "admin.token";
  private static final String ACCESS_KEY = "storage.access-key";
  private static final String SECRET_KEY = "storage.secret-key";
  private static final int TOKEN_BYTES = 24;

  /**
   * Reads what an earlier start chose and chooses the rest; a port that another program has taken
   * meanwhile is chosen anew. Call it while nothing of this stack runs.
   */
  public static StackSettings loadOrCreate(StackHome home) throws IOException {
    Properties kept = read(home);
    StackSettings settings =
        new StackSettings(
            port(kept, SERVING_PORT),
            port(kept, POSTGRES_PORT),
            port(kept, STORAGE_PORT),
            secret(kept, ADMIN_TOKEN),
            secret(kept, ACCESS_KEY),
            secret(kept, SECRET_KEY));
    settings.write(home);
    return settings;
  }

  /** Where serving answers. */
  public URI servingUrl() {
    return URI.create("http://127.0.0.1:" + servingPort);
  }

  public String storageEndpoint() {
    return "http://127.0.0.1:" + storagePort;
  }

  public String databaseUrl() {
    return databaseUrl(postgresPort);
  }

  /** Where PostgreSQL answers; its login is no secret, since it listens on the loopback only. */
  public static String databaseUrl(int port) {
    return "postgresql://postgres:postgres@127.0.0.1:%d/postgres".formatted(port);
  }

  /** What a client or a job needs, as environment variables. */
  public Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("COPYLOOP_URL", servingUrl().toString());
    environment.put("COPYLOOP_ADMIN_TOKEN", adminToken);
    environment.put("COPYLOOP_S3_ENDPOINT", storageEndpoint());
    environment.put("COPYLOOP_BUCKET", BUCKET);
    environment.put("AWS_ACCESS_KEY_ID", accessKey);
    environment.put("AWS_SECRET_ACCESS_KEY", secretKey);
    environment.put("AWS_REGION", REGION);
    environment.put("COPYLOOP_PG_URL", databaseUrl());
    return environment;
  }

  @Override
  public String toString() {
    return "StackSettings[serving=%d, postgres=%d, storage=%d]"
        .formatted(servingPort, postgresPort, storagePort);
  }

  private void write(StackHome home) throws IOException {
    Properties properties = new Properties();
    properties.setProperty(SERVING_PORT, Integer.toString(servingPort));
    properties.setProperty(POSTGRES_PORT, Integer.toString(postgresPort));
    properties.setProperty(STORAGE_PORT, Integer.toString(storagePort));
    properties.setProperty(ADMIN_TOKEN, adminToken);
    properties.setProperty(ACCESS_KEY, accessKey);
    properties.setProperty(SECRET_KEY, secretKey);
    StringWriter text = new StringWriter();
    properties.store(text, null);
    PrivateFile.write(home.settings(), text.toString());
  }

  private static Properties read(StackHome home) throws IOException {
    Properties properties = new Properties();
    if (Files.exists(home.settings())) {
      try (Reader reader = Files.newBufferedReader(home.settings())) {
        properties.load(reader);
      }
    }
    return properties;
  }

  private static int port(Properties kept, String key) throws IOException {
    return Ports.freeOr(Integer.parseInt(kept.getProperty(key, "0")));
  }

  private static String secret(Properties kept, String key) {
    String known = kept.getProperty(key);
    if (known != null) {
      return known;
    }
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
