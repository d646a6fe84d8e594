package dev.copyloop.jobs.inbox;

import dev.copyloop.jobs.run.JobResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What was taken from the inboxes.
 *
 * @param files the versions of files that this run took or refused
 * @param takenBefore how many needed nothing
 * @param left how many changed or went away while they were read, so that the next run looks again
 * @param unknownOrgs files below the name of no org, which wait until it exists; org to how many
 */
public record InboxResult(
    List<FileResult> files, long takenBefore, long left, Map<String, Long> unknownOrgs)
    implements JobResult {

  public InboxResult {
    files = List.copyOf(files);
    unknownOrgs = Map.copyOf(unknownOrgs);
  }

  @Override
  public List<String> summary() {
    List<String> lines = new ArrayList<>();
    long rows = files.stream().mapToLong(FileResult::taken).sum();
    long rejected = files.stream().mapToLong(FileResult::rejected).sum();
    lines.add(
        "%,d new files: %,d rows taken, %,d rejected; %,d files taken before"
            .formatted(files.size(), rows, rejected, takenBefore));
    for (FileResult file : files) {
      if (file.problem() != null) {
        lines.add("%s refused: %s".formatted(file.file(), file.problem()));
      }
    }
    if (left > 0) {
      lines.add("%,d files changed or went away meanwhile: left to the next run".formatted(left));
    }
    unknownOrgs.forEach(
        (org, count) -> lines.add("%,d files wait for an org named '%s'".formatted(count, org)));
    return lines;
  }
}
