package dev.copyloop.stack.setup;

import dev.copyloop.stack.traffic.Campaign;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * What has to exist before traffic can be replayed.
 *
 * @param controlShare the share of journeys that the campaign sends to control, in [0, 1)
 * @param validFrom when the binding begins: not after the first event
 */
public record OrgPlan(
    String org,
    Campaign campaign,
    List<CopyVariant> variants,
    BigDecimal controlShare,
    Instant validFrom) {

  public OrgPlan {
    variants = List.copyOf(variants);
  }
}
