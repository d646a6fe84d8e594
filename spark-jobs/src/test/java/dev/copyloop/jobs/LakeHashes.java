package dev.copyloop.jobs;

import dev.copyloop.jobs.hash.ContentHashes;
import dev.copyloop.jobs.lake.TableReader;
import dev.copyloop.jobs.lake.TableSpec;
import dev.copyloop.jobs.publish.PublishedSpecs;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Content hashes of all tables, over what does not depend on when and how a row landed. */
final class LakeHashes {
  private static final Set<String> HOW_IT_LANDED =
      Set.of("landing_object", "landing_line", "call_lines", "batch_id", "code_version");

  private LakeHashes() {}

  static Map<String, String> of(TableReader tables) {
    Map<String, String> hashes = new TreeMap<>();
    for (TableSpec table : PublishedSpecs.FILLED) {
      if (!table.name().equals("landing_ledger")) {
        List<String> columns =
            Arrays.stream(table.schema().fieldNames())
                .filter(name -> !HOW_IT_LANDED.contains(name))
                .toList();
        hashes.put(table.name(), ContentHashes.of(tables.read(table), columns).toString());
      }
    }
    return hashes;
  }
}
