package dev.copyloop.stack.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackSettingsTest {
  @TempDir Path folder;

  @Test
  void keepsWhatTheFirstStartChose() throws Exception {
    StackHome home = StackHome.of(folder).create();
    assertThat(StackSettings.loadOrCreate(home)).isEqualTo(StackSettings.loadOrCreate(home));
  }

  @Test
  void choosesAnotherPortIfItsOwnIsTaken() throws Exception {
    StackHome home = StackHome.of(folder).create();
    StackSettings first = StackSettings.loadOrCreate(home);
    try (ServerSocket taken =
        new ServerSocket(first.servingPort(), 1, InetAddress.getLoopbackAddress())) {
      StackSettings second = StackSettings.loadOrCreate(home);
      assertThat(second.servingPort()).isNotEqualTo(taken.getLocalPort());
      assertThat(second.postgresPort()).isEqualTo(first.postgresPort());
      assertThat(second.adminToken()).isEqualTo(first.adminToken());
    }
  }

  @Test
  void twoHomesShareNeitherPortsNorSecrets() throws Exception {
    StackSettings one = StackSettings.loadOrCreate(StackHome.of(folder.resolve("one")).create());
    StackSettings two = StackSettings.loadOrCreate(StackHome.of(folder.resolve("two")).create());
    assertThat(one.adminToken()).isNotEqualTo(two.adminToken());
    assertThat(one.secretKey()).isNotEqualTo(two.secretKey());
    assertThat(one.toString()).doesNotContain(one.adminToken()).doesNotContain(one.secretKey());
  }

  @Test
  void writesTheEnvironmentForItsOwnerOnly() throws Exception {
    StackHome home = StackHome.of(folder).create();
    StackSettings settings = StackSettings.loadOrCreate(home);
    LocalEnvironment.write(home, settings);
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(home.localEnvironment())))
        .isEqualTo("rw-------");
    assertThat(LocalEnvironment.read(home))
        .isEqualTo(settings.environment())
        .containsOnlyKeys(
            "COPYLOOP_URL",
            "COPYLOOP_ADMIN_TOKEN",
            "COPYLOOP_S3_ENDPOINT",
            "COPYLOOP_BUCKET",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_REGION",
            "COPYLOOP_PG_URL");
  }
}
