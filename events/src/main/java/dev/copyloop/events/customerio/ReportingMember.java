package dev.copyloop.events.customerio;

import java.util.Locale;

/**
 * The members of a reporting webhook that have a meaning here, all read as text. Their names are
 * those of the lake's columns.
 */
public enum ReportingMember {
  EVENT_ID(Place.ENVELOPE),
  /** {@code object_type}, or the {@code object_type_type} that some senders spell. */
  OBJECT_TYPE(Place.ENVELOPE),
  METRIC(Place.ENVELOPE),
  TIMESTAMP(Place.ENVELOPE),
  DELIVERY_ID(Place.DATA),
  JOURNEY_ID(Place.DATA),
  ACTION_ID(Place.DATA),
  PARENT_ACTION_ID(Place.DATA),
  CAMPAIGN_ID(Place.DATA),
  BROADCAST_ID(Place.DATA),
  NEWSLETTER_ID(Place.DATA),
  TRANSACTIONAL_MESSAGE_ID(Place.DATA),
  CONTENT_ID(Place.DATA),
  TRIGGER_ID(Place.DATA),
  TRIGGER_EVENT_ID(Place.DATA),
  CUSTOMER_ID(Place.DATA),
  RECIPIENT(Place.DATA),
  SUBJECT(Place.DATA),
  HREF(Place.DATA),
  LINK_ID(Place.DATA),
  FAILURE_MESSAGE(Place.DATA),
  PROXIED(Place.DATA),
  PREFETCHED(Place.DATA),
  SYNTHETIC(Place.DATA),
  MACHINE(Place.DATA),
  /** {@code data.identifiers.id}. */
  PERSON_ID(Place.IDENTIFIERS),
  /** {@code data.identifiers.email}. */
  PERSON_EMAIL(Place.IDENTIFIERS),
  /** {@code data.identifiers.cio_id}. */
  PERSON_CIO_ID(Place.IDENTIFIERS);

  private final Place place;

  ReportingMember(Place place) {
    this.place = place;
  }

  /** Which object of the body holds a member. */
  enum Place {
    ENVELOPE,
    DATA,
    IDENTIFIERS
  }

  Place place() {
    return place;
  }

  /** The column's name. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The member's name in its object. */
  String jsonName() {
    return place == Place.IDENTIFIERS ? label().substring("person_".length()) : label();
  }

  boolean isFlag() {
    return this == PROXIED || this == PREFETCHED || this == SYNTHETIC || this == MACHINE;
  }
}
