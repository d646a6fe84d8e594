package dev.copyloop.jobs.export;

/**
 * Who wrote an export; said in every manifest, in no hash.
 *
 * @param settingsSha256 the settings that the run read
 */
record Origin(String runId, String codeVersion, String settingsSha256) {}
