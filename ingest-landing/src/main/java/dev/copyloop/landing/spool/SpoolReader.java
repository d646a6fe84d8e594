package dev.copyloop.landing.spool;

import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.LandingLineJson;
import dev.copyloop.events.landing.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads back what lies in the spool. Thread-safe. */
public final class SpoolReader {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolReader.class);

  private final SpoolDirectory spool;

  /** Reads that spool. */
  public SpoolReader(SpoolDirectory spool) {
    this.spool = spool;
  }

  /**
   * Hands over the lines of one source, oldest first, of the newest segments that together have at
   * most so many bytes. A line that can't be read is left out; what is deleted meanwhile, too.
   */
  public void read(Source source, long maxBytes, Consumer<LandingLine> consumer)
      throws IOException {
    for (SegmentName name : newest(maxBytes)) {
      try {
        SegmentReader.scan(
            file(name),
            Long.MAX_VALUE,
            (lineSource, bytes, offset, length) -> {
              if (lineSource == source) {
                hand(Arrays.copyOfRange(bytes, offset, offset + length), consumer);
              }
            });
      } catch (NoSuchFileException e) {
        LOG.debug("Segment {} is gone meanwhile", name.stem(), e);
      }
    }
  }

  private static void hand(byte[] line, Consumer<LandingLine> consumer) {
    LandingLine read;
    try {
      read = LandingLineJson.read(line);
    } catch (IOException e) {
      LOG.warn("Cannot read a line of the spool", e);
      return;
    }
    consumer.accept(read);
  }

  private Path file(SegmentName name) {
    Path open = spool.openFile(name);
    return Files.exists(open) ? open : spool.sealedFile(name);
  }

  private Deque<SegmentName> newest(long maxBytes) throws IOException {
    List<SegmentName> names = new ArrayList<>(spool.sealed());
    names.addAll(spool.open());
    names.sort(null);
    Deque<SegmentName> newest = new ArrayDeque<>();
    long bytes = 0;
    for (int i = names.size() - 1; i >= 0; i--) {
      bytes += Files.exists(file(names.get(i))) ? Files.size(file(names.get(i))) : 0;
      if (bytes > maxBytes) {
        break;
      }
      newest.addFirst(names.get(i));
    }
    return newest;
  }
}
