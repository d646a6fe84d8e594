package dev.copyloop.jobs.compact;

import java.io.Serializable;
import java.util.List;

/**
 * The calls of one generation.
 *
 * @param ids sorted
 * @param lines where each landed, {@code <object>#<line>}, in the order of the ids
 * @param batchId the batch that first brought the generation
 */
record Calls(List<String> ids, List<String> lines, String batchId) implements Serializable {
  private static final long serialVersionUID = 1L;
}
