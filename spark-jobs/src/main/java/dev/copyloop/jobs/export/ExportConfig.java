package dev.copyloop.jobs.export;

import dev.copyloop.events.config.ConfigReader;
import dev.copyloop.events.config.DataSize;

/**
 * How exports are written. Immutable.
 *
 * @param partSize a part above it is split into several files; one file is put as a whole
 */
public record ExportConfig(DataSize partSize) {
  private static final String PART_SIZE = "export.part.size";

  public ExportConfig {
    if (partSize.bytes() < 1) {
      throw new IllegalArgumentException(
          "Invalid setting " + PART_SIZE + ": expected a size above 0");
    }
  }

  /**
   * Reads its keys.
   *
   * @throws IllegalArgumentException naming the key whose value is wrong
   */
  public static ExportConfig read(ConfigReader reader) {
    return new ExportConfig(reader.size(PART_SIZE, DataSize.parse("1GiB")));
  }
}
