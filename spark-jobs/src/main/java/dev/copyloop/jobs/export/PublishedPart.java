package dev.copyloop.jobs.export;

import java.util.List;
import java.util.Optional;

/**
 * A part as its manifest, or that of its day, names it.
 *
 * @param shape of its files, see {@link ExportDataset#shape}
 */
record PublishedPart(long rows, String contentHash, String shape, List<ExportedFile> files) {

  PublishedPart {
    files = List.copyOf(files);
  }

  /** The file of that name. */
  Optional<ExportedFile> file(String name) {
    return files.stream().filter(file -> file.name().equals(name)).findFirst();
  }
}
