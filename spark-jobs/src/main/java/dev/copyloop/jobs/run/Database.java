package dev.copyloop.jobs.run;

import dev.copyloop.events.config.PercentEncoding;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Opens connections to PostgreSQL. */
public final class Database {
  private Database() {}

  /** A connection; the caller closes it. */
  public static Connection connect(SettingsSource.Database database) throws SQLException {
    URI url = database.url();
    Properties properties = new Properties();
    String[] user =
        url.getRawUserInfo() == null ? new String[0] : url.getRawUserInfo().split(":", 2);
    if (user.length > 0) {
      properties.setProperty("user", PercentEncoding.decoded(user[0]));
    }
    if (user.length > 1) {
      properties.setProperty("password", PercentEncoding.decoded(user[1]));
    }
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return DriverManager.getConnection(
        "jdbc:postgresql://" + url.getHost() + port + url.getRawPath() + query, properties);
  }
}
