package dev.copyloop.jobs.export;

import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.events.settings.Calendar;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.lake.Arrival;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Writes the manifests of parts that were put, then those of their days, then clears up. */
final class Publishing {

  private final Settings settings;
  private final Lateness lateness;
  private final Origin origin;
  private final Instant now;

  Publishing(Settings settings, Lateness lateness, Origin origin, Instant now) {
    this.settings = settings;
    this.lateness = lateness;
    this.origin = origin;
    this.now = now;
  }

  /**
   * What was published.
   *
   * @param put the parts whose files and manifests are out
   * @param failedDays the days that are not complete
   */
  record Outcome(List<WrittenPart> put, Set<String> failedDays, List<String> failures) {}

  Outcome publish(ExportDataset dataset, OrgExport plan, List<WrittenPart> parts) {
    Outcome outcome = new Outcome(new ArrayList<>(), new HashSet<>(), new ArrayList<>());
    for (WrittenPart part : parts) {
      String folder = dataset.partitioning().folder(dataset.name(), part.part());
      Optional<String> failure =
          part.failed()
              ? Optional.of(part.failure())
              : tryWrite(plan.target(), folder, manifest(dataset, plan, part));
      note(outcome, plan, dataset.partitioning().day(part.part()), folder, failure);
      if (failure.isEmpty()) {
        outcome.put().add(part);
      }
    }
    if (dataset.partitioning() == Partitioning.HOUR) {
      publishDays(dataset, plan, outcome);
    }
    clearUp(dataset, plan, outcome);
    return outcome;
  }

  private static void note(
      Outcome outcome, OrgExport plan, String day, String folder, Optional<String> failure) {
    failure.ifPresent(
        why -> {
          outcome.failedDays().add(day);
          outcome
              .failures()
              .add("Cannot write export %s: %s".formatted(plan.target().address(folder), why));
        });
  }

  private byte[] manifest(ExportDataset dataset, OrgExport plan, WrittenPart part) {
    return Manifest.ofPart(
        dataset.name(),
        part,
        content(plan, part),
        maturity(plan.org(), dataset.partitioning(), part.part()),
        origin);
  }

  private static PublishedPart content(OrgExport plan, WrittenPart part) {
    return new PublishedPart(part.rows(), part.content().toString(), plan.shape(), part.files());
  }

  private void publishDays(ExportDataset dataset, OrgExport plan, Outcome outcome) {
    Map<String, Map<Integer, PublishedPart>> days = new TreeMap<>();
    for (WrittenPart part : outcome.put()) {
      String day = Partitioning.HOUR.day(part.part());
      int hour = Integer.parseInt(part.part().substring(day.length() + 1));
      days.computeIfAbsent(day, each -> new TreeMap<>(plan.published().hours(each)))
          .put(hour, content(plan, part));
    }
    // A new day's manifest would say that an hour that could not be put has no rows.
    days.keySet()
        .removeIf(day -> outcome.failedDays().contains(day) && !plan.published().hasDay(day));
    days.forEach(
        (day, hours) -> {
          String folder = Partitioning.DAY.folder(dataset.name(), day);
          Maturity maturity = maturity(plan.org(), Partitioning.DAY.end(day, Calendar.UTC), now);
          byte[] manifest =
              Manifest.ofDay(dataset.name(), plan.org(), day, hours, maturity, origin);
          note(outcome, plan, day, folder, tryWrite(plan.target(), folder, manifest));
        });
  }

  private Maturity maturity(String org, Partitioning partitioning, String part) {
    Calendar calendar = Calendar.of(settings, org);
    return maturity(org, partitioning.end(part, calendar), now);
  }

  private Maturity maturity(String org, Optional<Instant> end, Instant asOf) {
    return new Maturity(
        end.map(time -> time.plus(Arrival.LATEST)),
        lateness.missing(org, end.map(time -> Duration.between(time, asOf))),
        asOf);
  }

  private static Optional<String> tryWrite(ExportTarget target, String folder, byte[] manifest) {
    try {
      target.bucket().write(target.key(folder) + LakeLayout.MANIFEST, manifest);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e));
    }
  }

  /** Deletes the files that the manifests named before and name no more. */
  private static void clearUp(ExportDataset dataset, OrgExport plan, Outcome outcome) {
    for (WrittenPart part : outcome.put()) {
      PublishedPart old = plan.published().parts().get(part.part());
      if (old == null) {
        continue;
      }
      String folder = dataset.partitioning().folder(dataset.name(), part.part());
      Set<String> names = new HashSet<>();
      part.files().forEach(file -> names.add(file.name()));
      for (ExportedFile file : old.files()) {
        if (!names.contains(file.name())) {
          note(
              outcome,
              plan,
              dataset.partitioning().day(part.part()),
              folder,
              tryDelete(plan.target(), folder + file.name()));
        }
      }
    }
  }

  private static Optional<String> tryDelete(ExportTarget target, String path) {
    try {
      target.bucket().delete(target.key(path));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e));
    }
  }
}
