package dev.copyloop.embedded.storage;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 server on a folder. Configured by its environment, so that no secret shows in a list of
 * processes; prints {@code ready <endpoint>} when it answers.
 */
public final class StorageMain {
  public static final String FOLDER = "COPYLOOP_STORAGE_FOLDER";
  public static final String PORT = "COPYLOOP_STORAGE_PORT";
  public static final String ACCESS_KEY = "COPYLOOP_STORAGE_ACCESS_KEY";
  public static final String SECRET_KEY = "COPYLOOP_STORAGE_SECRET_KEY";
  public static final String LIFETIME = "COPYLOOP_STORAGE_LIFETIME";

  /** The start of the line that says that the server answers; its endpoint follows. */
  public static final String READY = "ready ";

  private StorageMain() {}

  public static void main(String[] arguments) throws Exception {
    Map<String, String> environment = System.getenv();
    Path folder = Files.createDirectories(Path.of(environment.get(FOLDER)));
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(folder.toString()))
            .endpoint(URI.create("http://127.0.0.1:" + environment.get(PORT)))
            .awsAuthentication(
                AuthenticationType.AWS_V4, environment.get(ACCESS_KEY), environment.get(SECRET_KEY))
            .build();
    server.start();
    System.out.println(READY + "http://127.0.0.1:" + server.getPort());
    if (Lifetime.valueOf(environment.get(LIFETIME)) == Lifetime.PARENT) {
      awaitEnd(System.in);
      System.exit(0);
    }
  }

  private static void awaitEnd(InputStream input) throws IOException {
    while (input.read() >= 0) {
      // The parent says nothing: only its end counts.
    }
  }
}
