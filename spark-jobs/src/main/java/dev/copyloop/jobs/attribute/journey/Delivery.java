package dev.copyloop.jobs.attribute.journey;

import java.util.List;

/** One delivery on its way through attribution; each step fills in its part. */
record Delivery(
    DeliveryIds ids,
    SendTimes times,
    Claim claim,
    CopyMatch copy,
    Exposure exposure,
    List<Engagement> engagements) {

  /** A delivery of which only its own events are known. */
  static Delivery of(DeliveryIds ids, SendTimes times, List<Engagement> engagements) {
    return new Delivery(
        ids,
        times,
        Claim.none(UnattributedReason.NO_ORIGIN),
        CopyMatch.none(),
        Exposure.UNKNOWN,
        engagements);
  }

  Delivery with(Claim newClaim, CopyMatch newCopy) {
    return new Delivery(ids, times, newClaim, newCopy, exposure, engagements);
  }

  Delivery with(Exposure newExposure) {
    return new Delivery(ids, times, claim, copy, newExposure, engagements);
  }

  Delivery with(List<Engagement> newEngagements) {
    return new Delivery(ids, times, claim, copy, exposure, newEngagements);
  }

  /** The same delivery, in no arm. */
  Delivery unattributed(Claim none) {
    return new Delivery(ids, times, none, CopyMatch.none(), exposure.unnumbered(), engagements);
  }
}
