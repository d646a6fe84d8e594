package dev.copyloop.stack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.stack.home.StackHome;
import dev.copyloop.stack.home.StackSettings;
import dev.copyloop.stack.job.JobProcess;
import dev.copyloop.stack.replay.ReplayClient;
import dev.copyloop.stack.replay.ReplayConfig;
import dev.copyloop.stack.replay.ReplayListener;
import dev.copyloop.stack.replay.ReplayStep;
import dev.copyloop.stack.setup.OrgAccess;
import dev.copyloop.stack.supervise.Installation;
import dev.copyloop.stack.supervise.Supervisor;
import dev.copyloop.stack.traffic.Traffic;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** A whole stack on a temporary folder: what it is fed and what comes out of it. */
final class TestStack implements AutoCloseable {
  /** The built checkout that these tests belong to. */
  static final Installation INSTALLATION =
      new Installation(Path.of("..", "..").toAbsolutePath().normalize());

  private final StackHome home;
  private final Supervisor supervisor;
  private final Demo demo;

  TestStack(Path folder) throws IOException, InterruptedException {
    home = StackHome.of(folder);
    supervisor = Supervisor.start(home, INSTALLATION);
    demo = new Demo(home, supervisor.settings(), INSTALLATION);
  }

  StackHome home() {
    return home;
  }

  OrgAccess create(DemoSource source, String org) throws IOException, InterruptedException {
    return demo.create(source.plan(org));
  }

  void replay(DemoSource source, OrgAccess access) throws IOException, InterruptedException {
    demo.replay(source, access);
  }

  /** Replays with an ear on every acknowledgement. */
  void replay(DemoSource source, OrgAccess access, ReplayListener listener)
      throws IOException, InterruptedException {
    send(steps(source, access), listener);
  }

  /** Replays all but the calls of generate. */
  void replayEvents(DemoSource source, OrgAccess access) throws IOException, InterruptedException {
    List<ReplayStep> events = new ArrayList<>();
    steps(source, access)
        .forEachRemaining(step -> events.add(ReplayStep.of(step.next().apply(Optional.empty()))));
    send(events.iterator(), (request, answer) -> {});
  }

  private static Iterator<ReplayStep> steps(DemoSource source, OrgAccess access) {
    return source.steps(new Traffic(source.plan(access.org()).campaign(), access));
  }

  private void send(Iterator<ReplayStep> steps, ReplayListener listener)
      throws IOException, InterruptedException {
    StackSettings settings = supervisor.settings();
    try (ReplayClient client = new ReplayClient(ReplayConfig.of(settings.servingUrl()))) {
      client.replay(steps, listener);
    }
    new SealedLandings(settings).await(Instant.now());
  }

  void night(DemoSource source, String org) throws IOException, InterruptedException {
    demo.night(source.plan(org).validFrom());
  }

  /** The report's figures by copy key. */
  Map<String, JsonNode> figures(String org) throws IOException, InterruptedException {
    JsonNode report = report(org);
    Map<String, JsonNode> copies = new TreeMap<>();
    for (JsonNode copy : report.at("/templates/0/copies")) {
      copies.put(copy.get("name").asText(copy.get("copy_key").asText()), copy);
    }
    return copies;
  }

  JsonNode report(String org) throws IOException, InterruptedException {
    Path file = home.root().resolve("report-" + org + ".json");
    int code =
        JobProcess.of(INSTALLATION, supervisor.settings().environment())
            .run(List.of("report", "--org", org, "--format", "json", "--output", file.toString()));
    assertThat(code).isZero();
    return Json.mapper().readTree(file.toFile());
  }

  /** The content hash of every exported partition, by its path below the org's exports. */
  Map<String, String> contentHashes(String org) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    for (Path manifest : files(exports(org), LakeLayout.MANIFEST)) {
      JsonNode node = Json.mapper().readTree(manifest.toFile());
      // The manifest of a day's hours lists them and has no content of its own.
      if (node.has("content_hash")) {
        hashes.put(
            exports(org).relativize(manifest).toString(), node.get("content_hash").textValue());
      }
    }
    assertThat(hashes).isNotEmpty();
    return hashes;
  }

  Path exports(String org) {
    return bucket().resolve(LakeLayout.exports(org));
  }

  /** The ids of every landed line of an org, one per line as often as it landed. */
  Set<String> landedIds(String org) throws IOException {
    Set<String> ids = new HashSet<>();
    for (Path object : files(bucket().resolve("landing"), ".ndjson.gz")) {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(Files.newInputStream(object)), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          addIds(Json.mapper().readTree(line), org, ids);
        }
      }
    }
    return ids;
  }

  private static void addIds(JsonNode line, String org, Set<String> ids) {
    if (line.get("org").asText().equals(org)) {
      ids.add(line.get("event_id").asText());
      for (String pointer : List.of("/body/event_id", "/body/id", "/body/tracking_id")) {
        if (!line.at(pointer).isMissingNode()) {
          ids.add(line.at(pointer).asText());
        }
      }
    }
  }

  private Path bucket() {
    return home.storageFolder().resolve(StackSettings.BUCKET);
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return new ArrayList<>(paths.filter(path -> path.toString().endsWith(ending)).toList());
    }
  }

  @Override
  public void close() throws IOException {
    supervisor.close();
  }
}
