package dev.copyloop.jobs.run;

import java.util.List;

/**
 * What a job did: a record of counts, dates, texts, and lists or maps of those. It is written to
 * {@code runs/<run id>/<job>.json} with its components' names in snake case.
 */
public interface JobResult {

  /** The result for a person at a terminal, one line each. */
  List<String> summary();
}
