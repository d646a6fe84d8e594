package dev.copyloop.jobs.lake;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.FileAction;
import org.apache.spark.sql.delta.actions.RemoveFile;

/**
 * The files that a table gained and lost between two of its versions, without those that hold the
 * same rows in other files.
 */
public final class FileChanges {
  private final SortedMap<String, AddFile> added = new TreeMap<>();
  private final SortedMap<String, RemoveFile> removed = new TreeMap<>();

  void note(FileAction action) {
    if (!action.dataChange()) {
      return;
    }
    if (action instanceof AddFile file) {
      added.put(file.path(), file);
    } else if (action instanceof RemoveFile file && added.remove(file.path()) == null) {
      removed.put(file.path(), file);
    }
  }

  /** Whether the rows are the same. */
  public boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty();
  }

  List<AddFile> added() {
    return List.copyOf(added.values());
  }

  List<RemoveFile> removed() {
    return List.copyOf(removed.values());
  }
}
