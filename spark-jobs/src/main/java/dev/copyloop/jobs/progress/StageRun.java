package dev.copyloop.jobs.progress;

import dev.copyloop.events.settings.Settings;
import dev.copyloop.events.settings.SettingsJson;
import dev.copyloop.jobs.hash.ContentHash;
import dev.copyloop.jobs.hash.Sha256;
import dev.copyloop.jobs.hash.TableChange;
import dev.copyloop.jobs.lake.FileChanges;
import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.lake.TableSpec;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.RunMode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One run of a stage, beginning with what the stage remembers. It remembers nothing in a backfill
 * or a rebuild, after code or settings changed, and when somebody else wrote its tables, a run that
 * died among them.
 */
public final class StageRun {
  /**
   * Spark's key for the bytes of a stage's inputs below which all is computed: a query costs about
   * as much as many rows do, and to find what is new takes many queries.
   */
  public static final String WHOLE_BELOW = "spark.copyloop.whole-below";

  private static final long DEFAULT_WHOLE_BELOW = 64 << 20;

  private final RunContext context;
  private final Stage stage;
  private final String basis;
  private final Map<String, Long> inputs;
  private final Optional<StageProgress> before;

  /** Inputs whose logs were read. */
  private final Map<String, Optional<FileChanges>> changes = new TreeMap<>();

  private StageRun(RunContext context, Stage stage, String basis, Optional<StageProgress> before) {
    this.context = context;
    this.stage = stage;
    this.basis = basis;
    this.inputs = versions(context.tables(), stage.inputs());
    this.before = before.filter(this::stands);
  }

  /**
   * Begins a run; to be called before the inputs are read.
   *
   * @param settings all settings that the results depend on
   */
  public static StageRun begin(RunContext context, Stage stage, Settings settings)
      throws IOException {
    String basis =
        "%d %s %s"
            .formatted(
                stage.format(), context.codeVersion(), Sha256.hex(SettingsJson.write(settings)));
    Optional<StageProgress> before =
        context.mode() == RunMode.NIGHTLY
            ? StageProgress.read(context.bucket(), stage.name())
            : Optional.empty();
    return new StageRun(context, stage, basis, before);
  }

  private boolean stands(StageProgress progress) {
    return progress.basis().equals(basis)
        && stage.outputs().stream()
            .allMatch(table -> isUnchanged(table, progress.outputs().get(table.name())));
  }

  private boolean isUnchanged(TableSpec table, Long since) {
    return since != null
        && context.tables().changesSince(table, since).filter(FileChanges::isEmpty).isPresent();
  }

  /** Whether the tables that were written are what the inputs say: then there is nothing to do. */
  public boolean isUpToDate() {
    return before.isPresent()
        && stage.inputs().stream()
            .allMatch(table -> changes(table).filter(FileChanges::isEmpty).isPresent());
  }

  /** Whether to find what is new would cost more than to compute everything. */
  public boolean isSmall() {
    long bytes = stage.inputs().stream().mapToLong(context.tables()::bytes).sum();
    String limit = context.spark().conf().get(WHOLE_BELOW, String.valueOf(DEFAULT_WHOLE_BELOW));
    return bytes < Long.parseLong(limit);
  }

  /** How an input differs from what was read last; empty if that is not known. */
  public Optional<FileChanges> changes(TableSpec input) {
    return changes.computeIfAbsent(
        input.name(),
        name ->
            before
                .map(progress -> progress.inputs().get(name))
                .flatMap(version -> context.tables().changesSince(input, version)));
  }

  /** The content a table was left with; empty if that is not known. */
  public Optional<ContentHash> content(TableSpec output) {
    return before.map(progress -> progress.contents().get(output.name()));
  }

  /** What is said of a table that stays as it is. */
  public TableChange unchanged(TableSpec output) {
    ContentHash content = content(output).orElseThrow();
    return new TableChange(output.name(), content.rows(), content.toString(), List.of());
  }

  /** Ends a run that found itself up to date. */
  public List<TableChange> endUpToDate() throws IOException {
    List<TableChange> same = stage.outputs().stream().map(this::unchanged).toList();
    boolean onlyFilesMoved =
        !before.orElseThrow().inputs().equals(inputs)
            || !before.orElseThrow().outputs().equals(versions(context.tables(), stage.outputs()));
    if (onlyFilesMoved) {
      end(same);
    }
    return same;
  }

  /**
   * Ends a run after its last commit.
   *
   * @param changes what became of every output
   */
  public void end(List<TableChange> changes) throws IOException {
    Map<String, ContentHash> contents = new TreeMap<>();
    changes.forEach(
        change -> contents.put(change.table(), ContentHash.parse(change.contentHash())));
    new StageProgress(basis, inputs, versions(context.tables(), stage.outputs()), contents)
        .write(context.bucket(), stage.name());
  }

  private static Map<String, Long> versions(LakeTables tables, List<TableSpec> specs) {
    Map<String, Long> versions = new TreeMap<>();
    specs.forEach(table -> versions.put(table.name(), tables.version(table)));
    return versions;
  }
}
