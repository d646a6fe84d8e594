package dev.copyloop.stack.job;

import dev.copyloop.stack.supervise.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The classes of a night as the JVM keeps them in memory: an archive (AppCDS) beside the jobs'
 * jars, which later JVMs map instead of reading, parsing and verifying 25,000 classes. The JVM
 * itself passes over one that was made of other jars or by another Java.
 */
final class ClassArchive {
  private final Path archive;
  private final Path draft;
  private final boolean upToDate;

  private ClassArchive(Path archive, Path draft, boolean upToDate) {
    this.archive = archive;
    this.draft = draft;
    this.upToDate = upToDate;
  }

  /** The archive of an installation, there or not. */
  static ClassArchive of(Installation installation) throws IOException {
    Path jar = installation.jobsJar();
    Path archive = jar.resolveSibling("jobs.jsa");
    boolean upToDate =
        Files.exists(archive)
            && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) >= 0;
    Path draft = archive.resolveSibling("jobs-" + ProcessHandle.current().pid() + ".jsa");
    return new ClassArchive(archive, draft, upToDate);
  }

  /** Options of a JVM that uses it, if it is there. */
  List<String> using() {
    return upToDate ? options("-XX:SharedArchiveFile=" + archive) : List.of();
  }

  /** The same; where it is missing, of a JVM that makes it at its end, which takes some seconds. */
  List<String> usingOrMaking() {
    return upToDate || !Files.isWritable(archive.getParent())
        ? using()
        : options("-XX:ArchiveClassesAtExit=" + draft);
  }

  /** Takes what a JVM made as the archive, all at once. */
  void keep() throws IOException {
    if (Files.exists(draft)) {
      Files.move(
          draft, archive, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Quietly: the JVM would name every class that it leaves out. */
  private static List<String> options(String archiving) {
    return List.of("-Xlog:disable", "-Xlog:all=error:stderr", archiving);
  }
}
