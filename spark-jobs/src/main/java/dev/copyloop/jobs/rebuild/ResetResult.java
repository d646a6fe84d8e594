package dev.copyloop.jobs.rebuild;

import dev.copyloop.jobs.run.JobResult;
import java.util.List;

/** Which tables had rows and are empty now. */
public record ResetResult(List<String> emptied) implements JobResult {

  public ResetResult {
    emptied = List.copyOf(emptied);
  }

  @Override
  public List<String> summary() {
    return List.of(
        emptied.isEmpty() ? "no table had rows" : "emptied " + String.join(", ", emptied));
  }
}
