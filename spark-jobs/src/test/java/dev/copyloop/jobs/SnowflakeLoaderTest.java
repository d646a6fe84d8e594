package dev.copyloop.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.attribute.journey.SampleSettings;
import dev.copyloop.jobs.export.Loaders;
import dev.copyloop.jobs.publish.PublishJob;
import dev.copyloop.jobs.run.TestLake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an emulator of Snowflake carries of the loader of every dataset. */
@Tag("slow")
class SnowflakeLoaderTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String TESTS = "spark-jobs/loader-tests";

  @TempDir private Path folder;

  @Test
  void anEmulatorRunsWhatItCarries() throws IOException, InterruptedException {
    TestLake lake = TestLake.in(folder, SampleSettings.of(ZoneOffset.UTC, List.of(), List.of()));
    lake.run().run(new PublishJob());
    Loaders.of(lake.run(), "acme", "s3://copyloop/exports/acme/").write(folder);
    String environment = output(ROOT.resolve(".ci/python-environment").toString(), TESTS).strip();
    String datasets =
        output(
            environment + "/bin/python",
            ROOT.resolve(TESTS).resolve("snowflake_loader.py").toString(),
            folder.resolve("snowflake.sql").toString());
    assertThat(datasets).contains("generations", "daily_metrics", "daily_custom_metrics", "copies");
  }

  /** What a command prints; it must end with 0. */
  private static String output(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(ROOT.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("%s ends", List.of(command)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
