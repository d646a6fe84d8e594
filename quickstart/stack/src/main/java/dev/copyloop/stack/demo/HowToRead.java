package dev.copyloop.stack.demo;

import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.stack.home.StackHome;
import dev.copyloop.stack.home.StackSettings;
import java.nio.file.Path;

/** Tells a person where the exports lie and how to read them. */
final class HowToRead {
  private HowToRead() {}

  static String text(StackHome home, String org) {
    Path exports =
        home.storageFolder().resolve(StackSettings.BUCKET).resolve(LakeLayout.exports(org));
    return """
        The exports lie in %s (in the bucket %s: %s).
        Read them with any Parquet reader, for example DuckDB:

          SELECT copy_id, count(*), min(event_time), max(event_time)
          FROM read_parquet('%s/generations/*/*/*/*/*.parquet') GROUP BY copy_id;
        """
        .formatted(exports, StackSettings.BUCKET, LakeLayout.exports(org), exports);
  }
}
