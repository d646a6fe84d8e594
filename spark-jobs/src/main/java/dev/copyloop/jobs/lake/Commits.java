package dev.copyloop.jobs.lake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.jobs.lease.Lease;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.sql.delta.Snapshot;

/**
 * The commits of one run: each says which run, code, settings and batch made it, has the number of
 * the run's turn, and is told to a hook. Not thread-safe.
 */
final class Commits {
  private final String runId;
  private final String codeVersion;
  private final Supplier<Optional<String>> settingsSha;
  private final Fence fence;
  private final CommitHook hook;

  Commits(
      String runId,
      String codeVersion,
      Supplier<Optional<String>> settingsSha,
      Lease lease,
      CommitHook hook) {
    this.runId = runId;
    this.codeVersion = codeVersion;
    this.settingsSha = settingsSha;
    this.fence = new Fence(lease);
    this.hook = hook;
  }

  /** What a commit says about itself. */
  String metadata(Optional<String> batchId) {
    ObjectNode metadata = Json.mapper().createObjectNode();
    metadata.put("run_id", runId);
    metadata.put("code_version", codeVersion);
    settingsSha.get().ifPresent(sha -> metadata.put("settings_sha256", sha));
    batchId.ifPresent(batch -> metadata.put("batch_id", batch));
    return metadata.toString();
  }

  /**
   * Makes a commit.
   *
   * @param write makes it with its number, which is empty without a lease
   * @param after the table's state after it
   */
  void make(TableSpec table, Consumer<OptionalLong> write, Supplier<Snapshot> after) {
    hook.before(table.name());
    OptionalLong number = fence.next();
    write.accept(number);
    number.ifPresent(each -> fence.requireWritten(table, each, after.get()));
    hook.after(table.name());
  }
}
