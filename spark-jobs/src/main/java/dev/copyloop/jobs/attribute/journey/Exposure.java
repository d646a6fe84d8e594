package dev.copyloop.jobs.attribute.journey;

/**
 * What a person saw: several deliveries of one action of one journey are one exposure.
 *
 * @param id the delivery id of its representative
 * @param representative whether this delivery counts for the exposure: the earliest sent one
 * @param messageNo which message of its template in its journey, from 1; null if unattributed
 */
record Exposure(String id, boolean representative, Integer messageNo) {

  static final Exposure UNKNOWN = new Exposure(null, false, null);

  Exposure numbered(int number) {
    return new Exposure(id, representative, number);
  }

  Exposure unnumbered() {
    return new Exposure(id, representative, null);
  }
}
