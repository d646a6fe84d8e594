package dev.copyloop.jobs.lake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.FileAction;
import org.apache.spark.sql.delta.actions.RemoveFile;
import scala.Option;
import scala.collection.immutable.Map$;

/**
 * The files that a table gained and lost between two of its versions, without those that only hold
 * rows of others anew.
 */
public final class FileChanges {
  private final SortedMap<String, AddFile> gained = new TreeMap<>();
  private final SortedMap<String, AddFile> lost = new TreeMap<>();
  private Instant firstRemoval = Instant.MAX;

  void note(FileAction action) {
    if (action instanceof RemoveFile file) {
      remove(file);
    } else if (action instanceof AddFile file && file.dataChange()) {
      gained.put(file.path(), file);
    }
  }

  private void remove(RemoveFile file) {
    if (file.dataChange() && gained.remove(file.path()) != null) {
      return;
    }
    if (file.dataChange()) {
      lost.put(file.path(), readable(file));
    }
    if (file.dataChange() || gained.containsKey(file.path())) {
      Instant removal = Instant.ofEpochMilli(file.delTimestamp());
      firstRemoval = removal.isBefore(firstRemoval) ? removal : firstRemoval;
    }
  }

  /** A file that is gone, as one that can be read as long as it is not vacuumed. */
  private static AddFile readable(RemoveFile file) {
    return new AddFile(
        file.path(),
        file.partitionValues(),
        file.size().isDefined() ? (long) file.size().get() : 0,
        0,
        true,
        null,
        Map$.MODULE$.empty(),
        file.deletionVector(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty());
  }

  /** Whether the rows are the same. */
  public boolean isEmpty() {
    return gained.isEmpty() && lost.isEmpty();
  }

  /** Whether files were lost: their rows are gone, or moved to files that were gained. */
  public boolean hasLost() {
    return !lost.isEmpty();
  }

  /**
   * Whether none of the files was removed before that time, so that all of them still lie there.
   */
  boolean areThere(Instant since) {
    return firstRemoval.isAfter(since);
  }

  List<AddFile> gained() {
    return new ArrayList<>(gained.values());
  }

  List<AddFile> lost() {
    return new ArrayList<>(lost.values());
  }
}
