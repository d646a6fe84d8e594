package dev.copyloop.jobs.attribute.preview;

import dev.copyloop.events.settings.AttributionRule;
import dev.copyloop.events.settings.Org;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.JobException;
import dev.copyloop.jobs.run.JobResult;
import dev.copyloop.jobs.run.RunContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Attributes the published custom events of a range by a rule that is not adopted yet, and by the
 * latest version of the rule of that name, if there is one. Writes no table.
 */
public final class PreviewJob implements Job {

  private final String org;
  private final AttributionRule proposed;

  public PreviewJob(String org, AttributionRule proposed) {
    this.org = org;
    this.proposed = proposed;
  }

  @Override
  public String name() {
    return "preview";
  }

  @Override
  public String description() {
    return "Shows what a rule would credit, beside the one that holds.";
  }

  @Override
  public JobResult run(RunContext context) throws IOException {
    Settings settings = context.settings();
    Org ofOrg =
        settings
            .org(org)
            .orElseThrow(() -> JobException.usage("There is no org " + org + " in the settings"));
    Optional<AttributionRule> current =
        ofOrg.rules().stream()
            .filter(rule -> rule.id().equals(proposed.id()))
            .reduce((earlier, later) -> later);
    int version = current.map(AttributionRule::version).orElse(0) + 1;
    AttributionRule next = proposed.withVersion(version);
    List<AttributionRule> both = current.map(rule -> List.of(rule, next)).orElse(List.of(next));
    return Preview.of(context, ofOrg.withRules(both), current, next);
  }
}
