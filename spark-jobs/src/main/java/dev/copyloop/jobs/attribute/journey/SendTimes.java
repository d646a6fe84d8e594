package dev.copyloop.jobs.attribute.journey;

/**
 * When a delivery was rendered and sent, epoch microseconds; null where no event says it.
 *
 * @param sentAt its earliest {@code sent}
 * @param renderedAt its earliest of {@code drafted} and {@code sent}
 * @param anchorAt {@code sentAt}, else its earliest event
 * @param sendAt {@code sentAt}, else its earliest of delivered, opened, clicked; null: not a send
 */
record SendTimes(Long sentAt, Long renderedAt, long anchorAt, Long sendAt) {

  /** Whether it was sent, though no {@code sent} arrived. */
  boolean sendImplied() {
    return sentAt == null && sendAt != null;
  }

  /** The time whose copy the message carries. */
  long copyAt() {
    return renderedAt == null ? anchorAt : renderedAt;
  }

  /** The time that places the delivery in a cohort. */
  long cohortAt() {
    return sendAt == null ? anchorAt : sendAt;
  }
}
