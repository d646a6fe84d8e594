package dev.copyloop.jobs.export;

/**
 * Who wrote an export, and from what; said in every manifest, in no hash.
 *
 * @param settingsSha256 the settings that the run read
 * @param published the published state of the tables that was read
 * @param tableVersion the Delta version of the dataset's table in it
 */
record Origin(
    String runId,
    String codeVersion,
    String settingsSha256,
    long published,
    String table,
    long tableVersion) {}
