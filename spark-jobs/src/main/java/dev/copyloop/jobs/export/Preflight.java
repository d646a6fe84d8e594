package dev.copyloop.jobs.export;

import dev.copyloop.jobs.run.JobException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Does once at a destination what every export will do: put, get, list, delete. */
final class Preflight {
  private final ExportTarget target;
  private final String folder;
  private final String key;

  Preflight(ExportTarget target) {
    this.target = target;
    this.folder = target.key("copyloop-preflight/");
    this.key = folder + UUID.randomUUID();
  }

  /**
   * Tries each step.
   *
   * @return one line per step
   * @throws JobException naming the step that failed, why, and what to change
   */
  List<String> run() {
    List<String> done = new ArrayList<>();
    byte[] content = key.getBytes(StandardCharsets.UTF_8);
    step(done, "put", "s3:PutObject", () -> target.bucket().write(key, content));
    step(
        done,
        "get",
        "s3:GetObject",
        () ->
            require(
                target
                    .bucket()
                    .read(key)
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .equals(Optional.of(key))));
    step(done, "list", "s3:ListBucket", () -> require(isListed()));
    step(done, "delete", "s3:DeleteObject", () -> target.bucket().delete(key));
    return done;
  }

  private boolean isListed() throws IOException {
    List<String> found = new ArrayList<>();
    target
        .bucket()
        .list(
            folder,
            entry -> {
              if (entry.key().equals(key)) {
                found.add(key);
              }
            });
    return !found.isEmpty();
  }

  private static void require(boolean holds) throws IOException {
    if (!holds) {
      throw new IOException("the object that was put is not there");
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  private void step(List<String> done, String name, String permission, Step step) {
    String address = target.bucket().path(key).toString();
    try {
      step.run();
      done.add("%s: ok".formatted(name));
    } catch (IOException e) {
      throw JobException.failed(
          ("Cannot %s %s: %s. Check that the bucket exists in this region, and that its policy, or"
                  + " the role's, allows %s there; destination --policy prints one that does")
              .formatted(name, address, e.getMessage(), permission),
          e);
    }
  }
}
