package dev.copyloop.jobs.attribute.preview;

import dev.copyloop.events.settings.AttributionRule;
import dev.copyloop.events.settings.SettingsJson;
import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.JobException;
import dev.copyloop.jobs.run.JobsConfig;
import dev.copyloop.jobs.run.ReadingCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what a rule would credit, beside the rule of that name that holds now. */
@Command(
    description =
        "Shows what a rule for an org's own events would credit in --from to --to, beside the one"
            + " that holds. Writes no table.")
public final class PreviewCommand extends ReadingCommand {

  @Option(
      names = "--rule",
      required = true,
      paramLabel = "FILE",
      description =
          "The rule as JSON: rule_id, event_name, touch, model and window, as the admin API takes"
              + " them.")
  private Path rule;

  public PreviewCommand(PrintStream out) {
    super(out);
  }

  @Override
  protected Job job(JobsConfig config, String ofOrg) {
    try {
      AttributionRule proposed = SettingsJson.readRule(Files.readString(rule));
      return new PreviewJob(ofOrg, proposed);
    } catch (IOException e) {
      throw JobException.usage("Cannot use rule file " + rule + ": " + e.getMessage());
    }
  }
}
