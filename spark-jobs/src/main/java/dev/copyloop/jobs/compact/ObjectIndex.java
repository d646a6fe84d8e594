package dev.copyloop.jobs.compact;

import java.util.List;

/** All that the decisions need to know of one landing object. */
record ObjectIndex(ObjectSummary summary, KeyBlocks keys, List<QuarantinedLine> quarantined)
    implements Indexed {
  private static final long serialVersionUID = 1L;
}
