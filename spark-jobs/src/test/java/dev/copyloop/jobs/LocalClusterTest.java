package dev.copyloop.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.settings.SettingsJson;
import dev.copyloop.jobs.attribute.journey.SampleSettings;
import dev.copyloop.jobs.compact.LandedNights;
import dev.copyloop.jobs.run.TestLake;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole night on a standalone cluster of two executors, each a process of its own. */
@Tag("slow")
class LocalClusterTest {
  @TempDir private Path folder;

  @Test
  void givesTheTablesOfOneProcess() throws Exception {
    new LandedNights(folder.resolve("cluster")).land(20);
    new LandedNights(folder.resolve("alone")).land(20);
    Path settings = folder.resolve("settings.json");
    Files.writeString(settings, SettingsJson.write(SampleSettings.plain()));
    List<String> folders = new ArrayList<>();
    Path home = sparkHome(folders);
    List<String> night =
        List.of(
            "nightly",
            "--bucket",
            folder.resolve("cluster").toUri().toString(),
            "--settings",
            settings.toString(),
            "--master",
            "local-cluster[2,1,2048]");
    Map<String, String> environment =
        Map.of(
            "SPARK_HOME",
            home.toString(),
            "SPARK_SCALA_VERSION",
            "2.13",
            "JDK_JAVA_OPTIONS",
            "-Dspark.executor.memory=1g -Dspark.executor.extraClassPath="
                + String.join(File.pathSeparator, folders));
    try (NightProcess process = NightProcess.start("nothing", night, environment)) {
      assertThat(process.await()).isZero();
    }
    TestLake alone = TestLake.in(folder.resolve("alone"), SampleSettings.plain());
    NightCrashTest.night(alone.run());
    TestLake clustered = TestLake.in(folder.resolve("cluster"), SampleSettings.plain());
    assertThat(LakeHashes.of(clustered.run().published()))
        .isEqualTo(LakeHashes.of(alone.run().published()));
  }

  /** A folder as executors are started from, and the folders of classes that are no jars. */
  private Path sparkHome(List<String> folders) throws IOException {
    Path home = folder.resolve("spark-home");
    Path jars = Files.createDirectories(home.resolve("jars"));
    for (String entry : NightProcess.classPath().split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        folders.add(entry);
      } else if (Files.exists(path)) {
        Files.createSymbolicLink(jars.resolve(path.getFileName()), path);
      }
    }
    return home;
  }
}
