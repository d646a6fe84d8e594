package dev.copyloop.jobs.lake;

import io.delta.storage.HadoopFileSystemLogStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Delta's log on an object store: every {@code N.json} is created by a conditional PUT, so that of
 * two writers exactly one has it, in whatever process they run. Delta's own store for S3 only keeps
 * writers of one process apart. Thread-safe.
 */
public final class ConditionalLogStore extends HadoopFileSystemLogStore {

  public ConditionalLogStore(Configuration configuration) {
    super(configuration);
  }

  @Override
  public void write(
      Path path, Iterator<String> actions, Boolean overwrite, Configuration configuration)
      throws IOException {
    FileSystem fileSystem = path.getFileSystem(configuration);
    byte[] bytes = bytes(actions);
    if (overwrite) {
      try (OutputStream out = fileSystem.create(path, true)) {
        out.write(bytes);
      }
    } else {
      ConditionalCreate.create(fileSystem, path, bytes);
    }
  }

  private static byte[] bytes(Iterator<String> actions) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    while (actions.hasNext()) {
      lines.writeBytes(actions.next().getBytes(StandardCharsets.UTF_8));
      lines.write('\n');
    }
    return lines.toByteArray();
  }

  /** An object is there whole, or not at all. */
  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration configuration) {
    return false;
  }
}
