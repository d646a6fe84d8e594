package dev.copyloop.benchmarks.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.benchmarks.contender.ServerProcess;
import dev.copyloop.events.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast serving is ready, and what it holds in memory, with many templates. */
@Command(
    name = "templates",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Starts serving from a settings file with many templates of three variants,"
            + " and shows when it is ready and how large it is.")
public final class TemplatesBenchmark implements Callable<Integer> {
  private static final int VARIANTS = 3;
  private static final double KIBIBYTES_PER_MEBIBYTE = 1024;

  @Option(
      names = "--templates",
      defaultValue = "10000",
      description = "How many (default: ${DEFAULT-VALUE})")
  private int templates;

  @Option(
      names = "--starts",
      defaultValue = "3",
      description = "How often it is started (default: ${DEFAULT-VALUE})")
  private int starts;

  @Option(
      names = "--folder",
      defaultValue = "target/benchmark",
      description = "What is written goes here (default: ${DEFAULT-VALUE})")
  private Path folder;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path run = Files.createTempDirectory(folder.toAbsolutePath(), "run-");
    try (Lab lab = Lab.open(run, List.of())) {
      BenchmarkOrg org;
      try (ServerProcess first = lab.serving("small")) {
        org = BenchmarkOrg.create(first.address());
      }
      String settings = many(Files.readString(run.resolve("small-settings.json")));
      Path archive = run.toAbsolutePath().resolve("classes.jsa");
      for (int i = 0; i <= starts; i++) {
        String name = "many-" + i;
        Files.writeString(run.resolve(name + "-settings.json"), settings);
        // The first start leaves an archive of the classes, as the build of an image does.
        String option = i == 0 ? "-XX:ArchiveClassesAtExit=" : "-XX:SharedArchiveFile=";
        start(lab, org, name, List.of(option + archive));
      }
    } finally {
      Scratch.delete(run);
    }
    return 0;
  }

  private void start(Lab lab, BenchmarkOrg org, String name, List<String> options)
      throws IOException, InterruptedException {
    long before = System.nanoTime();
    try (ServerProcess server = lab.servingWithoutDatabase(name, options)) {
      org.awaitServed(server.address());
      double seconds = (System.nanoTime() - before) / 1e9;
      double ready = residentMebibytes(server);
      TimeUnit.SECONDS.sleep(1);
      System.out.printf(
          Locale.ROOT,
          "%d templates of %d variants: answers after %.2f s, resident %.0f MiB then, %.0f a second"
              + " later%n",
          templates,
          VARIANTS,
          seconds,
          ready,
          residentMebibytes(server));
    }
  }

  private static double residentMebibytes(ServerProcess server) throws IOException {
    Path status = Path.of("/proc", Long.toString(server.handle().pid()), "status");
    String line =
        Files.readAllLines(status).stream()
            .filter(each -> each.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow();
    return Double.parseDouble(line.replaceAll("[^0-9]", "")) / KIBIBYTES_PER_MEBIBYTE;
  }

  /** The settings with copies of their one template, each with texts and ids of its own. */
  private String many(String file) throws IOException {
    ObjectNode root = (ObjectNode) Json.mapper().readTree(file);
    ObjectNode org = (ObjectNode) root.path("settings").path("orgs").path(0);
    ArrayNode all = (ArrayNode) org.path("templates");
    JsonNode first = all.path(0).deepCopy();
    for (int i = 1; i < templates; i++) {
      ObjectNode copy = first.deepCopy();
      copy.put("id", BenchmarkOrg.TEMPLATE + i);
      ArrayNode variants = (ArrayNode) copy.path("variants");
      while (variants.size() > VARIANTS) {
        variants.remove(VARIANTS);
      }
      for (JsonNode variant : variants) {
        ((ObjectNode) variant).put("copy_id", UUID.randomUUID().toString());
        ObjectNode vars = (ObjectNode) variant.path("texts").path(0).path("vars");
        vars.put("subject", vars.path("subject").asText() + " of template " + i);
      }
      all.add(copy);
    }
    return root.toString();
  }
}
