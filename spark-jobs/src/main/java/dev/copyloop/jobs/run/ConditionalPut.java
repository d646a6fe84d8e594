package dev.copyloop.jobs.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.PathIOException;

/**
 * Puts objects only if the bucket is as the writer believes: a key without an object, or with the
 * one of a known etag. An object appears whole or not at all. A local folder, which knows no etags,
 * checks only that a new object is new. Serializable and thread-safe.
 */
public final class ConditionalPut implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String HEADER = "fs.s3a.create.header.";

  private final Bucket bucket;

  public ConditionalPut(Bucket bucket) {
    this.bucket = bucket;
  }

  /** What a put met. */
  public enum Outcome {
    /** The object is as it was put. */
    STORED,
    /** The key's object is not the one that was expected; nothing was changed. */
    REFUSED
  }

  /**
   * Puts a new object.
   *
   * @param metadata kept with the object, by lower-case names
   */
  public Outcome create(String key, byte[] content, Map<String, String> metadata)
      throws IOException {
    return attempt(key, metadata, ConditionalPut::isNew, out -> out.write(content));
  }

  /** Puts a new object, of a local file's content. */
  public Outcome create(String key, Path content, Map<String, String> metadata) throws IOException {
    return attempt(key, metadata, ConditionalPut::isNew, out -> Files.copy(content, out));
  }

  /** Puts a local file's content in the place of the object of that etag. */
  public Outcome replace(String key, String etag, Path content, Map<String, String> metadata)
      throws IOException {
    try {
      return attempt(
          key,
          metadata,
          (builder, storage) ->
              builder
                  .overwrite(true)
                  .must(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE_ETAG, etag),
          out -> Files.copy(content, out));
    } catch (FileNotFoundException e) {
      // There is no object any more.
      return Outcome.REFUSED;
    }
  }

  /** An object store is asked to check; a folder's exclusive create does. */
  private static FSDataOutputStreamBuilder<?, ?> isNew(
      FSDataOutputStreamBuilder<?, ?> builder, FileSystem storage) {
    return storage.getScheme().startsWith("s3")
        ? builder
            .overwrite(true)
            .must(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true)
        : builder.overwrite(false);
  }

  /** A member of an object's metadata; empty if there is no such object or member. */
  public Optional<String> metadata(String key, String name) throws IOException {
    try {
      return bucket.userMetadata(key, name);
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private interface Condition {
    FSDataOutputStreamBuilder<?, ?> on(FSDataOutputStreamBuilder<?, ?> builder, FileSystem storage);
  }

  private interface Content {
    void to(OutputStream out) throws IOException;
  }

  private Outcome attempt(
      String key, Map<String, String> metadata, Condition condition, Content content)
      throws IOException {
    FileSystem storage = bucket.fileSystem();
    FSDataOutputStreamBuilder<?, ?> builder =
        condition.on(storage.createFile(bucket.path(key)).recursive(), storage);
    metadata.forEach((name, value) -> builder.opt(HEADER + name, value));
    try (FSDataOutputStream out = builder.build()) {
      write(out, content);
    } catch (FileAlreadyExistsException e) {
      return Outcome.REFUSED;
    } catch (PathIOException e) {
      if (isRefusal(e)) {
        return Outcome.REFUSED;
      }
      throw e;
    }
    return Outcome.STORED;
  }

  /** Closing would put what was written so far. */
  private static void write(FSDataOutputStream out, Content content) throws IOException {
    try {
      content.to(out);
    } catch (IOException e) {
      try {
        out.abort();
      } catch (UnsupportedOperationException unsupported) {
        // A local folder has written already.
        e.addSuppressed(unsupported);
      }
      throw e;
    }
  }

  /** S3A's own class for it is not on the class path that code is compiled against. */
  private static boolean isRefusal(PathIOException failure) {
    return failure.getClass().getSimpleName().equals("RemoteFileChangedException");
  }
}
