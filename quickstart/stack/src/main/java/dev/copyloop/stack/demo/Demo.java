package dev.copyloop.stack.demo;

import dev.copyloop.stack.home.StackHome;
import dev.copyloop.stack.home.StackSettings;
import dev.copyloop.stack.job.JobProcess;
import dev.copyloop.stack.progress.Progress;
import dev.copyloop.stack.replay.ReplayClient;
import dev.copyloop.stack.replay.ReplayConfig;
import dev.copyloop.stack.replay.ReplayListener;
import dev.copyloop.stack.replay.ReplayRequest;
import dev.copyloop.stack.replay.ReplayResult;
import dev.copyloop.stack.replay.ReplayStep;
import dev.copyloop.stack.setup.AdminClient;
import dev.copyloop.stack.setup.OrgAccess;
import dev.copyloop.stack.setup.OrgPlan;
import dev.copyloop.stack.setup.OrgSetup;
import dev.copyloop.stack.supervise.Installation;
import dev.copyloop.stack.traffic.Traffic;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Replays traffic through a running stack, runs the night over it and shows the result. */
public final class Demo {
  /** The org that is created. */
  public static final String ORG = "demo";

  private final StackHome home;
  private final StackSettings settings;
  private final JobProcess jobs;

  public Demo(StackHome home, StackSettings settings, Installation installation) {
    this.home = home;
    this.settings = settings;
    this.jobs = JobProcess.of(installation, settings.environment());
  }

  /** Does everything, in order. */
  public void run(DemoSource source) throws IOException, InterruptedException {
    OrgPlan plan = source.plan(ORG);
    replay(source, create(plan));
    night(plan.validFrom());
    report(source);
  }

  /** Creates the org and returns its keys. */
  public OrgAccess create(OrgPlan plan) throws IOException, InterruptedException {
    return new OrgSetup(new AdminClient(settings.servingUrl(), settings.adminToken())).create(plan);
  }

  /** Sends the traffic and waits until it has landed in object storage. */
  public ReplayResult replay(DemoSource source, OrgAccess access)
      throws IOException, InterruptedException {
    System.err.println(source.title());
    ReplayResult result;
    try (ReplayClient client = new ReplayClient(ReplayConfig.of(settings.servingUrl()));
        Progress progress = Progress.of("Replaying over HTTP", source.size())) {
      result =
          client.replay(
              source.steps(new Traffic(source.plan(access.org()).campaign(), access)),
              new Counting(progress));
    }
    System.err.printf(
        "%,d requests acknowledged, %,d tried again%n",
        result.acknowledged(), result.attempts() - result.acknowledged());
    new SealedLandings(settings).await(Instant.now());
    return result;
  }

  /**
   * Runs all jobs over what has landed until now.
   *
   * @param from no event is earlier
   */
  public void night(Instant from) throws IOException, InterruptedException {
    Instant to = Instant.now().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
    job(
        List.of(
            "nightly",
            "--from",
            from.truncatedTo(ChronoUnit.HOURS).toString(),
            "--to",
            to.toString()));
  }

  private void report(DemoSource source) throws IOException, InterruptedException {
    job(List.of("report", "--org", ORG));
    System.out.println();
    System.out.println(source.truth());
    System.out.println(HowToRead.text(home, ORG));
  }

  private void job(List<String> arguments) throws IOException, InterruptedException {
    int code = jobs.run(arguments);
    if (code != 0) {
      throw new IOException("The job %s ended with %d".formatted(arguments.get(0), code));
    }
  }

  /** Moves the progress bar. */
  private record Counting(Progress progress) implements ReplayListener {
    @Override
    public void acknowledged(ReplayRequest request, String answer) {
      // A step is what the bar counts.
    }

    @Override
    public void finished(ReplayStep step) {
      progress.step(1);
    }
  }
}
