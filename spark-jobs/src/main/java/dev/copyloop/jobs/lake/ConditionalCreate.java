package dev.copyloop.jobs.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;

/**
 * Creates an object if, and only if, there is none of that name: a PUT with {@code If-None-Match:
 * *}.
 *
 * <p>A put whose answer was lost is ambiguous: its retry meets the object it made itself. Each
 * attempt therefore carries an id of its own in the object's metadata, and who finds it there was
 * the creator. On a file system that is not an object store the ordinary exclusive create is used.
 */
public final class ConditionalCreate {
  private static final String ID = "copyloop-create";

  private ConditionalCreate() {}

  /**
   * Creates an object.
   *
   * @throws FileAlreadyExistsException if another one has that name
   * @throws IOException if the storage fails; then it is unknown only if the storage can't be read
   *     either
   */
  public static void create(FileSystem fileSystem, Path path, byte[] bytes) throws IOException {
    String id = UUID.randomUUID().toString();
    try {
      put(fileSystem, path, bytes, id);
    } catch (IOException e) {
      if (!isCreator(fileSystem, path, id, e)) {
        throw alreadyExists(fileSystem, path, e);
      }
    }
  }

  private static void put(FileSystem fileSystem, Path path, byte[] bytes, String id)
      throws IOException {
    FSDataOutputStreamBuilder<?, ?> file = fileSystem.createFile(path).recursive().overwrite(false);
    if (isObjectStore(fileSystem)) {
      file.overwrite(true);
      file.must(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
      file.opt("fs.s3a.create.header." + ID, id);
    }
    try (OutputStream out = file.build()) {
      out.write(bytes);
    }
  }

  private static boolean isObjectStore(FileSystem fileSystem) {
    return fileSystem.getScheme().startsWith("s3");
  }

  private static boolean isCreator(FileSystem fileSystem, Path path, String id, IOException failure)
      throws IOException {
    if (!isObjectStore(fileSystem)) {
      return false;
    }
    try {
      byte[] found = fileSystem.getXAttrs(path).get("header." + ID);
      return Arrays.equals(found, id.getBytes(StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      failure.addSuppressed(e);
      return false;
    }
  }

  private static IOException alreadyExists(FileSystem fileSystem, Path path, IOException failure)
      throws IOException {
    if (!fileSystem.exists(path)) {
      return failure;
    }
    FileAlreadyExistsException exists = new FileAlreadyExistsException(path.toString());
    exists.initCause(failure);
    return exists;
  }
}
