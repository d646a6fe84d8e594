package dev.copyloop.stack.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.stack.supervise.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
  private static final String MAKING = "-XX:ArchiveClassesAtExit=";
  private static final String USING = "-XX:SharedArchiveFile=";

  @TempDir private Path checkout;
  private Installation installation;

  @BeforeEach
  void build() throws IOException {
    installation = new Installation(checkout);
    Files.createDirectories(installation.jobsJar().getParent());
    Files.createFile(installation.jobsJar());
  }

  private ClassArchive archive() throws IOException {
    return ClassArchive.of(installation);
  }

  /** Does what a JVM does at its end. */
  private static void make(ClassArchive archive) throws IOException {
    String option = archive.usingOrMaking().get(2);
    assertThat(option).startsWith(MAKING);
    Files.createFile(Path.of(option.substring(MAKING.length())));
    archive.keep();
  }

  @Test
  void isMadeOnceThenUsed() throws IOException {
    assertThat(archive().using()).isEmpty();
    make(archive());
    assertThat(archive().using())
        .contains(USING + installation.jobsJar().resolveSibling("jobs.jsa"));
    assertThat(archive().usingOrMaking()).isEqualTo(archive().using());
  }

  @Test
  void isMadeAgainWhenTheJobsWereBuiltAgain() throws IOException {
    make(archive());
    Files.setLastModifiedTime(installation.jobsJar(), FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(archive().using()).isEmpty();
    make(archive());
  }

  @Test
  void isNotThereWhereAJvmEndedWithoutMakingIt() throws IOException {
    archive().keep();
    assertThat(archive().using()).isEmpty();
  }
}
