package dev.copyloop.jobs.progress;

import dev.copyloop.jobs.lake.TableSpec;
import java.util.List;

/**
 * What brings tables to what other tables and the settings say.
 *
 * @param name unique, the name of its memory
 * @param format rises whenever the same rows would give other results, so that all are computed
 *     anew even by a build that has no version
 * @param inputs the tables it reads and does not write
 * @param outputs the tables that it alone writes
 */
public record Stage(String name, int format, List<TableSpec> inputs, List<TableSpec> outputs) {

  public Stage {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
