package dev.copyloop.jobs.report;

import java.util.List;

/** One template's copies by name, its control last. */
public record TemplateFigures(String templateId, List<CopyFigures> copies) {

  public TemplateFigures {
    copies = List.copyOf(copies);
  }
}
