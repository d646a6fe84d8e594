package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The disk below the real process fails, and is well again later. */
@Tag("slow")
class ServingDiskTest {
  private static final String WEBHOOK = "/api/webhook/cio/acme";

  private final List<String> sent = new ArrayList<>();
  private final List<String> acknowledged = new ArrayList<>();

  @ParameterizedTest
  @EnumSource
  void whileSystemCallsFailNothingIsAcknowledgedAndAllIsWellAfter(DiskFaults.Fault fault)
      throws Throwable {
    TestPlace place = TestPlace.create();
    DiskFaults faults = DiskFaults.of(place.spool());
    ServingProcess serving = start(place, faults.environment());
    try {
      assertOutlives(place, serving, () -> faults.begin(fault), () -> faults.end(fault));
    } finally {
      serving.kill();
    }
  }

  @Test
  void aDiskThatIsFullTakesArrivalsAgainWhenItHasRoom() throws Throwable {
    TestPlace place = TestPlace.create();
    Path disk = Files.createDirectories(place.spool());
    assumeTrue(
        DiskFaults.succeeds("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk.toString()),
        "needs the right to mount a small disk");
    ServingProcess serving = start(place, Map.of("COPYLOOP_LANDING_SEGMENT_SIZE", "1MiB"));
    Path filler = disk.resolve("filler");
    try {
      assertOutlives(
          place,
          serving,
          () -> {
            fill(filler);
            Awaitility.await().until(() -> send(serving, "until-full", 1) == 0);
          },
          () -> Files.delete(filler));
    } finally {
      serving.kill();
      serving.process().waitFor();
      DiskFaults.succeeds("umount", disk.toString());
    }
  }

  /** Nothing is acknowledged from the beginning of a fault to its end, and nothing is lost. */
  private void assertOutlives(
      TestPlace place, ServingProcess serving, ThrowingCallable begin, ThrowingCallable end)
      throws Throwable {
    assertThat(send(serving, "before", 50)).isEqualTo(50);
    begin.call();
    assertThat(send(serving, "during", 20)).isZero();
    awaitReady(serving, 503);
    end.call();
    awaitReady(serving, 200);
    assertThat(send(serving, "after", 50)).isEqualTo(50);
    assertThat(serving.terminate()).isZero();
    assertNothingIsLost(place);
  }

  private static ServingProcess start(TestPlace place, Map<String, String> environment)
      throws IOException {
    ServingProcess serving = ServingProcess.start(place, environment);
    serving.admin("PUT", "/orgs/acme", "{}");
    awaitReady(serving, 200);
    Awaitility.await()
        .until(() -> serving.status("POST", WEBHOOK, "{\"event_id\":\"first\"}") == 200);
    return serving;
  }

  private static void awaitReady(ServingProcess serving, int status) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> serving.status("GET", "/ready", "") == status);
  }

  /** How many of so many webhooks are acknowledged; the others are refused with 503. */
  private int send(ServingProcess serving, String prefix, int count) {
    int taken = 0;
    for (int i = 0; i < count; i++) {
      String id = prefix + "-" + sent.size();
      sent.add(id);
      int status = serving.status("POST", WEBHOOK, "{\"event_id\":\"" + id + "\"}");
      assertThat(status).isIn(200, 503);
      if (status == 200) {
        acknowledged.add(id);
        taken++;
      }
    }
    return taken;
  }

  private void assertNothingIsLost(TestPlace place) {
    List<String> found =
        LandedLines.of(place.bucket(), Source.CIO).stream()
            .map(LandingLine::eventId)
            .filter(id -> !id.equals("first"))
            .toList();
    assertThat(found).doesNotHaveDuplicates().containsAll(acknowledged);
    assertThat(sent).containsAll(found);
  }

  private static void fill(Path file) throws IOException {
    byte[] bytes = new byte[4096];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(bytes);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }
}
