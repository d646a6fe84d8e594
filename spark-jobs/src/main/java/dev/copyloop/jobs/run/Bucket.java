package dev.copyloop.jobs.run;

import dev.copyloop.jobs.lake.ConditionalCreate;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The bucket by its keys, as {@code LandingKey} and {@code LakeLayout} spell them. Serializable, so
 * that tasks can use it; thread-safe.
 */
public final class Bucket implements Serializable {
  private static final long serialVersionUID = 1L;

  private final URI root;
  private final SerializableConfiguration configuration;

  public Bucket(URI root, Configuration configuration) {
    this.root = root;
    this.configuration = new SerializableConfiguration(configuration);
  }

  /** The full address of a key. */
  public Path path(String key) {
    return new Path(root + key);
  }

  /** Hadoop's file system of this bucket, shared per process: don't close it. */
  public FileSystem fileSystem() throws IOException {
    return FileSystem.get(root, configuration.value());
  }

  /**
   * One object in a listing.
   *
   * @param etag names its content and changes with it; blank if the storage has none
   */
  public record Entry(String key, long bytes, Instant modifiedAt, String etag)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** Hands over every object below a prefix that ends in a slash, in no particular order. */
  public void list(String prefix, Consumer<Entry> consumer) throws IOException {
    String base = fileSystem().makeQualified(new Path(root)).toUri().getPath();
    int skipped = base.endsWith("/") ? base.length() : base.length() + 1;
    Consumer<FileStatus> each =
        file -> consumer.accept(entry(file.getPath().toUri().getPath().substring(skipped), file));
    try {
      if (fileSystem() instanceof LocalFileSystem folders) {
        walk(folders, path(prefix), each);
      } else {
        RemoteIterator<LocatedFileStatus> files = fileSystem().listFiles(path(prefix), true);
        while (files.hasNext()) {
          each.accept(files.next());
        }
      }
    } catch (FileNotFoundException e) {
      // Nothing was written below this prefix yet: an empty listing.
    }
  }

  /** Hadoop's own walk starts a process for each local file, to ask for its permissions. */
  private static void walk(FileSystem folders, Path folder, Consumer<FileStatus> each)
      throws IOException {
    for (FileStatus status : folders.listStatus(folder)) {
      if (status.isDirectory()) {
        walk(folders, status.getPath(), each);
      } else {
        each.accept(status);
      }
    }
  }

  /**
   * An object as a listing shows it; empty if there is none.
   *
   * @throws IOException if the storage fails
   */
  public Optional<Entry> find(String key) throws IOException {
    try {
      return Optional.of(entry(key, fileSystem().getFileStatus(path(key))));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private static Entry entry(String key, FileStatus file) {
    String etag = file instanceof EtagSource source ? source.getEtag() : "";
    return new Entry(
        key,
        file.getLen(),
        Instant.ofEpochMilli(file.getModificationTime()),
        Objects.requireNonNullElse(etag, ""));
  }

  /** Opens an object for reading from its start. */
  public InputStream open(String key) throws IOException {
    return fileSystem().open(path(key));
  }

  /**
   * A member of an object's user metadata; empty if it has none, or the storage keeps none.
   *
   * @throws IOException if the storage fails
   */
  public Optional<String> userMetadata(String key, String name) throws IOException {
    try {
      byte[] value = fileSystem().getXAttrs(path(key)).get("header." + name);
      return Optional.ofNullable(value).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    } catch (UnsupportedOperationException e) {
      // A local folder.
      return Optional.empty();
    }
  }

  /** The bytes of a small object; empty if there is none. */
  public Optional<byte[]> read(String key) throws IOException {
    try (InputStream in = open(key)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Deletes an object; that there is none is no error. */
  public void delete(String key) throws IOException {
    fileSystem().delete(path(key), false);
  }

  /** Puts a small object, replacing what was there. */
  public void write(String key, byte[] bytes) throws IOException {
    try (OutputStream out = fileSystem().create(path(key), true)) {
      out.write(bytes);
    }
  }

  /** Creates a small object, whole or not at all; answers false if one of that name exists. */
  public boolean create(String key, byte[] bytes) throws IOException {
    try {
      ConditionalCreate.create(fileSystem(), path(key), bytes);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }
}
