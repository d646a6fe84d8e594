package dev.copyloop.benchmarks.serving;

import dev.copyloop.benchmarks.contender.Contender;
import dev.copyloop.benchmarks.contender.EchoServer;
import dev.copyloop.benchmarks.contender.InstantServing;
import dev.copyloop.benchmarks.contender.JobTable;
import dev.copyloop.benchmarks.contender.Nginx;
import dev.copyloop.benchmarks.contender.PostgresCollector;
import dev.copyloop.benchmarks.contender.ServerProcess;
import dev.copyloop.benchmarks.load.RequestSource;
import dev.copyloop.benchmarks.measure.ProcessCpu;
import dev.copyloop.embedded.EmbeddedPostgres;
import dev.copyloop.embedded.EmbeddedStorage;
import dev.copyloop.embedded.PostgresConfig;
import dev.copyloop.serving.Main;
import java.io.IOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;

/** Everything that runs during a benchmark, in a folder of its own; closing stops it. */
final class Lab implements AutoCloseable {
  static final String ECHO = "vertx-echo";
  static final String NGINX = "nginx-return-200";
  static final String INSTANT = "generate-without-storage";
  static final String GENERATE = "generate-durable";
  static final String WEBHOOK = "webhook-durable";
  static final String OBJECT = "generate-durable-in-objects";
  static final String COLLECTOR = "postgres-collector";

  /** All contenders' names, in the order in which they are measured. */
  static final List<String> ALL =
      List.of(ECHO, NGINX, INSTANT, GENERATE, WEBHOOK, OBJECT, COLLECTOR);

  private static final String BUCKET = "benchmark";

  /** A port that nobody listens on. */
  private static final String NO_DATABASE = "postgresql://nobody:none@127.0.0.1:9/none";

  private final Path folder;
  private final List<String> serverOptions;
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final EmbeddedPostgres postgres;
  private final EmbeddedStorage storage;
  private BenchmarkOrg org;

  private Lab(
      Path folder, List<String> serverOptions, EmbeddedPostgres postgres, EmbeddedStorage storage) {
    this.folder = folder;
    this.serverOptions = serverOptions;
    this.postgres = postgres;
    this.storage = storage;
    running.push(postgres);
    running.push(storage);
    // PostgreSQL would outlive a run that is interrupted.
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /**
   * Starts PostgreSQL and the object store.
   *
   * @param folder empty; on the disk that the spool is to be measured on
   * @param serverOptions JVM options for the servers under load, beside their own
   */
  static Lab open(Path folder, List<String> serverOptions) throws IOException {
    EmbeddedPostgres postgres =
        EmbeddedPostgres.start(PostgresConfig.of(folder.resolve("postgres"), 0));
    try {
      EmbeddedStorage storage = EmbeddedStorage.start(folder.resolve("storage"));
      storage.createBucket(BUCKET);
      return new Lab(folder, serverOptions, postgres, storage);
    } catch (IOException | RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  /** The folder that everything is in. */
  Path folder() {
    return folder;
  }

  /** The org that requests are for. */
  BenchmarkOrg org() {
    return org;
  }

  /** Starts what these names need; nginx only if it is installed. */
  List<Contender> contenders(List<String> names) throws IOException, InterruptedException {
    ServerProcess durable = serving("durable");
    org = BenchmarkOrg.create(durable.address());
    List<Contender> contenders = new ArrayList<>();
    for (String name : names) {
      contender(name, durable).ifPresent(contenders::add);
    }
    return contenders;
  }

  private Optional<Contender> contender(String name, ServerProcess durable)
      throws IOException, InterruptedException {
    return switch (name) {
      case ECHO -> Optional.of(plain(name, java(EchoServer.class, List.of())));
      case NGINX -> nginx();
      case INSTANT -> Optional.of(plain(name, instant()));
      case GENERATE -> Optional.of(landing(name, durable, () -> new GenerateRequests(org)));
      case WEBHOOK -> Optional.of(landing(name, durable, () -> new WebhookRequests(org)));
      case OBJECT -> Optional.of(landing(name, objects(), () -> new GenerateRequests(org)));
      case COLLECTOR -> Optional.of(collector());
      default ->
          throw new IllegalArgumentException(
              "There is no contender " + name + ": expected some of " + ALL);
    };
  }

  private ServerProcess java(Class<?> main, List<String> arguments) throws IOException {
    return running(ServerProcess.start(main, serverOptions, arguments, log(main)));
  }

  private Path log(Class<?> main) {
    return folder.resolve(main.getSimpleName() + "-" + running.size() + ".log");
  }

  private ServerProcess running(ServerProcess server) {
    running.push(server);
    return server;
  }

  private Contender plain(String name, ServerProcess server) {
    return contender(name, server.address(), List.of(server.handle()));
  }

  private Contender contender(
      String name, InetSocketAddress address, List<ProcessHandle> processes) {
    return new Contender(
        name, address, new ProcessCpu(processes), () -> new GenerateRequests(org), false);
  }

  private static Contender landing(
      String name, ServerProcess server, Supplier<RequestSource> requests) {
    return new Contender(
        name, server.address(), new ProcessCpu(List.of(server.handle())), requests, true);
  }

  private Optional<Contender> nginx() throws IOException, InterruptedException {
    Optional<Path> program = Nginx.program();
    if (program.isEmpty()) {
      System.err.println("nginx is not installed and left out: apt-get install nginx-light");
      return Optional.empty();
    }
    Nginx nginx = Nginx.start(program.get(), folder.resolve("nginx"));
    running.push(nginx);
    return Optional.of(contender(NGINX, nginx.address(), List.of(nginx.handle())));
  }

  private ServerProcess instant() throws IOException, InterruptedException {
    Properties properties = servingProperties("instant");
    ServerProcess server =
        java(InstantServing.class, List.of(write("instant", properties).toString()));
    org.awaitServed(server.address());
    return server;
  }

  private Contender collector() throws IOException {
    try (Connection connection = postgres.database().connect()) {
      JobTable.create(connection);
    } catch (SQLException e) {
      throw new IOException("Cannot create the collector's table", e);
    }
    ServerProcess server = java(PostgresCollector.class, List.of(postgres.url()));
    return contender(COLLECTOR, server.address(), List.of(server.handle(), postgres.process()));
  }

  /** A serving process as in production, with a spool of its own. */
  ServerProcess serving(String name) throws IOException {
    return serving(name, servingProperties(name), serverOptions);
  }

  /**
   * One that finds its settings in its file only: PostgreSQL does not answer.
   *
   * @param options the JVM's, beside its own
   */
  ServerProcess servingWithoutDatabase(String name, List<String> options) throws IOException {
    Properties properties = servingProperties(name);
    properties.setProperty("serving.database.url", NO_DATABASE);
    return serving(name, properties, options);
  }

  private ServerProcess serving(String name, Properties properties, List<String> options)
      throws IOException {
    properties.setProperty("landing.spool.directory", folder.resolve(name + "-spool").toString());
    properties.setProperty("landing.spool.allow-volatile", "true");
    // The disk of a benchmark is not kept for a day.
    properties.setProperty("landing.segment.retention", "1s");
    return storing(name, properties, options);
  }

  private ServerProcess objects() throws IOException, InterruptedException {
    Properties properties = servingProperties("objects");
    properties.setProperty("landing.durability", "object");
    ServerProcess server = storing("objects", properties, serverOptions);
    org.awaitServed(server.address());
    return server;
  }

  private ServerProcess storing(String name, Properties properties, List<String> options)
      throws IOException {
    properties.setProperty("landing.store.endpoint", storage.endpoint());
    properties.setProperty("landing.store.region", storage.region());
    properties.setProperty("landing.store.bucket", BUCKET);
    properties.setProperty("landing.store.path-style", "true");
    properties.setProperty("landing.store.access-key", storage.accessKey());
    properties.setProperty("landing.store.secret-key", storage.secretKey());
    List<String> arguments = List.of("--config", write(name, properties).toString());
    return running(ServerProcess.startBuilt(Main.class, options, arguments, log(Main.class)));
  }

  private Properties servingProperties(String name) {
    Properties properties = new Properties();
    properties.setProperty("serving.http.port", "0");
    properties.setProperty("serving.admin.token", BenchmarkOrg.ADMIN_TOKEN);
    properties.setProperty("serving.database.url", postgres.url());
    properties.setProperty(
        "serving.snapshot.file", folder.resolve(name + "-settings.json").toString());
    properties.setProperty("serving.drain.delay", "10ms");
    return properties;
  }

  private Path write(String name, Properties properties) throws IOException {
    Path file = folder.resolve(name + ".properties");
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    return file;
  }

  @Override
  public synchronized void close() {
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) {
        System.err.println("Cannot stop a part of the benchmark: " + e);
      }
    }
  }
}
