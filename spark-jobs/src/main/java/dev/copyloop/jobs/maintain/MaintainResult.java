package dev.copyloop.jobs.maintain;

import dev.copyloop.jobs.run.JobResult;
import java.util.ArrayList;
import java.util.List;

/**
 * What maintenance did.
 *
 * @param trimmedLedgerRows rows that said that a batch was planned which is finished by now
 */
public record MaintainResult(long trimmedLedgerRows, List<Table> tables) implements JobResult {

  public MaintainResult {
    tables = List.copyOf(tables);
  }

  /**
   * One table.
   *
   * @param filesJoined small files that were written anew
   * @param filesWritten what they became
   * @param vacuumed whether files that no retained version needs were removed; not while readers
   *     read an older version than the latest
   */
  public record Table(String name, long filesJoined, long filesWritten, boolean vacuumed) {}

  @Override
  public List<String> summary() {
    List<String> lines = new ArrayList<>();
    lines.add("trimmed %,d rows of the ledger".formatted(trimmedLedgerRows));
    for (Table table : tables) {
      lines.add(
          "%s: joined %,d files to %,d, %s"
              .formatted(
                  table.name(),
                  table.filesJoined(),
                  table.filesWritten(),
                  table.vacuumed()
                      ? "vacuumed"
                      : "not vacuumed: it is ahead of what is published"));
    }
    return lines;
  }
}
