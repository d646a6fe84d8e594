package dev.copyloop.jobs.report;

import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.events.lake.Tables;
import dev.copyloop.jobs.run.JobsConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The lines of Python that open an org's exports; they take the keys from the environment. */
final class HowToRead {

  private HowToRead() {}

  static List<String> lines(JobsConfig config, String org) {
    String folder = config.root().toString().replaceFirst("^s3a:", "s3:") + LakeLayout.exports(org);
    List<String> lines = new ArrayList<>(List.of("import duckdb, os", "db = duckdb.connect()"));
    if (folder.startsWith("s3:")) {
      lines.add(
          "key, secret = os.environ['AWS_ACCESS_KEY_ID'], os.environ['AWS_SECRET_ACCESS_KEY']");
      lines.add(secret(config));
    }
    lines.add(
        "db.sql(\"FROM read_parquet('%s%s/**/*.parquet')\").show()"
            .formatted(folder, Tables.GENERATIONS));
    return lines;
  }

  private static String secret(JobsConfig config) {
    String options =
        config
            .endpoint()
            .map(
                endpoint ->
                    ", ENDPOINT '%s', URL_STYLE 'path', USE_SSL %s"
                        .formatted(authority(endpoint), "https".equals(endpoint.getScheme())))
            .orElse("");
    return "db.sql(f\"CREATE SECRET (TYPE s3, KEY_ID '{key}', SECRET '{secret}', REGION '%s'%s)\")"
        .formatted(config.region(), options);
  }

  private static String authority(URI endpoint) {
    return endpoint.getRawAuthority();
  }
}
