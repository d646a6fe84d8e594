package dev.copyloop.jobs.compact;

/**
 * What became of one landing object's lines.
 *
 * @param kept lines that brought a row that the tables did not have
 * @param duplicates lines of an event that the tables have from another line
 * @param superseded calls of a generation beyond its first
 */
record ObjectOutcome(ObjectSummary summary, long kept, long duplicates, long superseded) {

  int object() {
    return summary.object();
  }
}
