package dev.copyloop.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.embedded.Fixtures;
import dev.copyloop.jobs.lease.LeaseConfig;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunOptionsTest {

  @Test
  void takesABlankAddressAsNone() {
    JobsConfig config = config("--bucket=b", "--s3-endpoint=", "--database= ");

    assertThat(config.endpoint()).isEmpty();
    assertThat(config.settings()).isEqualTo(new SettingsSource.None());
    assertThat(config.lease()).isEqualTo(LeaseConfig.NONE);
  }

  @Test
  void readsUserAndPasswordAsAUrlHoldsThem() throws Exception {
    URI admin = URI.create(Fixtures.postgres().newDatabase().url());
    try (Connection connection = Database.connect(new SettingsSource.Database(admin));
        Statement statement = connection.createStatement()) {
      statement.execute("create role \"a+b/c\" login password 'p+/ w'");
    }
    String url =
        "postgresql://a+b%%2Fc:p+%%2F%%20w@%s:%d%s"
            .formatted(admin.getHost(), admin.getPort(), admin.getPath());
    SettingsSource.Database database =
        (SettingsSource.Database) config("--bucket=b", "--database=" + url).settings();

    try (Connection connection = Database.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select current_user")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isEqualTo("a+b/c");
    }
  }

  @Test
  void saysWhichFileOfSettingsItCannotRead(@TempDir Path folder) {
    SettingsSource missing = config("--bucket=b", "--settings=" + folder + "/none").settings();

    assertThatThrownBy(() -> SettingsReader.current(missing))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("Cannot read settings from " + folder + "/none");
  }

  @Test
  void namesADatabaseWithoutItsLoginAndWithThePortItHas() {
    assertThat(new SettingsSource.Database(URI.create("postgresql://u:secret@db/copyloop")))
        .hasToString("postgresql://db/copyloop");
    assertThat(new SettingsSource.Database(URI.create("postgresql://u:secret@db:6543/copyloop")))
        .hasToString("postgresql://db:6543/copyloop");
  }

  private static JobsConfig config(String... options) {
    return CommandLine.populateCommand(new RunOptions(), options).config();
  }
}
