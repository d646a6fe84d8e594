package dev.copyloop.landing.seal;

import dev.copyloop.events.landing.Source;
import dev.copyloop.landing.spool.SegmentName;
import dev.copyloop.landing.spool.SegmentReader;
import dev.copyloop.landing.spool.SpoolDirectory;
import dev.copyloop.landing.store.ObjectDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Turns a sealed segment into one object per source; the same segment gives the same lines. */
public final class SegmentRenderer {
  private final SpoolDirectory spool;

  /** Renders segments of that spool, into temporary files there. */
  public SegmentRenderer(SpoolDirectory spool) {
    this.spool = spool;
  }

  /**
   * The objects of a segment. Their files are the caller's to delete.
   *
   * @throws IOException if the segment can't be read, or the disk has no room
   */
  public List<RenderedObject> render(SegmentName name) throws IOException {
    Map<Source, ObjectFile> files = new EnumMap<>(Source.class);
    try {
      SegmentReader.scan(
          spool.sealedFile(name),
          Long.MAX_VALUE,
          (source, bytes, offset, length) -> {
            ObjectFile file = files.get(source);
            if (file == null) {
              file = new ObjectFile(temporaryFile(name, source));
              files.put(source, file);
            }
            file.add(bytes, offset, length);
          });
      List<RenderedObject> objects = new ArrayList<>();
      for (Map.Entry<Source, ObjectFile> file : files.entrySet()) {
        objects.add(
            new RenderedObject(
                name.objectKey(spool.writer(), file.getKey()),
                temporaryFile(name, file.getKey()),
                file.getValue().finish()));
      }
      return objects;
    } catch (IOException e) {
      for (ObjectFile file : files.values()) {
        file.discard(e);
      }
      throw e;
    }
  }

  private Path temporaryFile(SegmentName name, Source source) {
    return spool.temporaryFile(name.stem() + "." + source.label());
  }

  /** One object being written to a file. */
  private static final class ObjectFile {
    private final Path path;
    private final ObjectEncoder encoder;

    ObjectFile(Path path) throws IOException {
      this.path = path;
      this.encoder = new ObjectEncoder(Files.newOutputStream(path));
    }

    void add(byte[] bytes, int offset, int length) throws IOException {
      encoder.add(bytes, offset, length);
    }

    ObjectDigest finish() throws IOException {
      return encoder.finish();
    }

    void discard(IOException cause) {
      try {
        encoder.close();
        Files.deleteIfExists(path);
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }
}
