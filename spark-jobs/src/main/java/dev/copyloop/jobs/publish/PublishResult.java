package dev.copyloop.jobs.publish;

import dev.copyloop.jobs.run.JobResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is published now.
 *
 * @param number of the published state
 * @param changed tables whose version is another than in the state before
 * @param versions Delta version by table
 * @param restated figures written to {@code restatements}
 * @param audits what was checked, one line each
 */
public record PublishResult(
    long number,
    List<String> changed,
    Map<String, Long> versions,
    int restated,
    List<String> audits)
    implements JobResult {

  public PublishResult {
    changed = List.copyOf(changed);
    versions = new TreeMap<>(versions);
    audits = List.copyOf(audits);
  }

  @Override
  public List<String> summary() {
    List<String> lines = new ArrayList<>(audits);
    lines.add(
        changed.isEmpty()
            ? "nothing changed since state %d".formatted(number)
            : "state %d: %s changed, %,d figures restated"
                .formatted(number, String.join(", ", changed), restated));
    return lines;
  }
}
