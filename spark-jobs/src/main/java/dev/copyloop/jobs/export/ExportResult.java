package dev.copyloop.jobs.export;

import dev.copyloop.jobs.run.JobResult;
import java.util.List;

/** What was exported, by org and dataset. */
public record ExportResult(List<DatasetExport> datasets) implements JobResult {

  public ExportResult {
    datasets = List.copyOf(datasets);
  }

  @Override
  public List<String> summary() {
    return datasets.stream().map(DatasetExport::summary).toList();
  }
}
