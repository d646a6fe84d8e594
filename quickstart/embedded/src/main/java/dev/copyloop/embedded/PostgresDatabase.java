package dev.copyloop.embedded;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.UUID;

/** How to reach one database of a PostgreSQL server. */
public record PostgresDatabase(String host, int port, String name, String user, String password) {

  /**
   * Reads {@code postgresql://user:password@host:port/database}.
   *
   * @throws IllegalArgumentException if it is anything else; the message does not repeat it
   */
  public static PostgresDatabase parse(String url) {
    URI uri = URI.create(url);
    String login = uri.getRawUserInfo();
    if (!"postgresql".equals(uri.getScheme()) || login == null || login.indexOf(':') < 0) {
      throw new IllegalArgumentException(
          "Invalid database URL: expected postgresql://user:password@host:port/database");
    }
    int colon = login.indexOf(':');
    return new PostgresDatabase(
        uri.getHost(),
        uri.getPort() < 0 ? 5432 : uri.getPort(),
        uri.getPath().substring(1),
        decode(login.substring(0, colon)),
        decode(login.substring(colon + 1)));
  }

  /** {@code postgresql://user:password@host:port/database}. */
  public String url() {
    return "postgresql://%s:%s@%s:%d/%s"
        .formatted(encode(user), encode(password), host, port, name);
  }

  /** The JDBC form, login included. */
  public String jdbcUrl() {
    return "jdbc:postgresql://%s:%d/%s?user=%s&password=%s"
        .formatted(host, port, name, encode(user), encode(password));
  }

  /** Opens a connection; the caller closes it. */
  public Connection connect() throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s".formatted(host, port, name), login);
  }

  /** Creates an empty database with a name of its own on the same server. */
  public PostgresDatabase newDatabase() {
    String fresh = "t" + UUID.randomUUID().toString().replace("-", "");
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + fresh);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot create a database at " + host + ":" + port, e);
    }
    return new PostgresDatabase(host, port, fresh, user, password);
  }

  @Override
  public String toString() {
    return "postgresql://%s:%d/%s".formatted(host, port, name);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
