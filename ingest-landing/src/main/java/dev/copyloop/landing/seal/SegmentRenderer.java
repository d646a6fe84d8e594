package dev.copyloop.landing.seal;

import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import dev.copyloop.landing.spool.SegmentName;
import dev.copyloop.landing.spool.SegmentReader;
import dev.copyloop.landing.spool.SpoolDirectory;
import dev.copyloop.landing.store.ObjectDigest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

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

  /** One object being written. */
  private static final class ObjectFile {
    private final Path path;
    private final OutputStream gzip;
    private final MessageDigest sha256 = sha256();
    private long lines;

    ObjectFile(Path path) throws IOException {
      this.path = path;
      this.gzip = new FastGzip(Files.newOutputStream(path));
    }

    void add(byte[] bytes, int offset, int length) throws IOException {
      gzip.write(bytes, offset, length);
      gzip.write('\n');
      sha256.update(bytes, offset, length);
      sha256.update((byte) '\n');
      lines++;
    }

    ObjectDigest finish() throws IOException {
      gzip.close();
      return new ObjectDigest(
          HexFormat.of().formatHex(sha256.digest()), lines, LandingLine.SCHEMA_VERSION);
    }

    void discard(IOException cause) {
      try {
        gzip.close();
        Files.deleteIfExists(path);
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every Java platform has SHA-256", e);
      }
    }
  }

  /** Level 1 costs a third of the default's time and a sixth more bytes on such lines. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 64 * 1024);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
