package dev.copyloop.benchmarks.contender;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** nginx answering {@code return 200}: what a request costs a server in C that does nothing. */
public final class Nginx implements AutoCloseable {
  private static final long START_SECONDS = 10;
  private static final String CONFIGURATION =
      """
      worker_processes auto;
      daemon off;
      pid %1$s/nginx.pid;
      error_log %1$s/error.log;
      events { worker_connections 4096; }
      http {
        access_log off;
        keepalive_requests 1000000000;
        client_body_temp_path %1$s/body;
        proxy_temp_path %1$s/proxy;
        fastcgi_temp_path %1$s/fastcgi;
        uwsgi_temp_path %1$s/uwsgi;
        scgi_temp_path %1$s/scgi;
        server {
          listen 127.0.0.1:%2$d reuseport;
          location / { default_type application/json; return 200 '{"accepted":true}'; }
        }
      }
      """;

  private final Process process;
  private final InetSocketAddress address;

  private Nginx(Process process, InetSocketAddress address) {
    this.process = process;
    this.address = address;
  }

  /** The program; empty if it is not installed. */
  public static Optional<Path> program() {
    return Stream.of("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts it with its files in that folder. */
  public static Nginx start(Path program, Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    InetSocketAddress address = freeAddress();
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(
        configuration, CONFIGURATION.formatted(folder.toAbsolutePath(), address.getPort()));
    Process process =
        new ProcessBuilder(
                List.of(program.toString(), "-c", configuration.toAbsolutePath().toString()))
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.log").toFile())
            .start();
    awaitListening(process, address, folder);
    return new Nginx(process, address);
  }

  private static InetSocketAddress freeAddress() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    }
  }

  private static void awaitListening(Process process, InetSocketAddress address, Path folder)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (process.isAlive() && System.nanoTime() < deadline) {
      try (Socket socket = new Socket()) {
        socket.connect(address);
        return;
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
    process.destroy();
    throw new IOException("Cannot start nginx: see " + folder);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return address;
  }

  /** The master process; its children are the workers. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
