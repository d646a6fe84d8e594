package dev.copyloop.events.lake;

import java.util.Locale;

/** Why a row could not be understood. Closed: a new reason is a new release. */
public enum QuarantineReason {
  /** The landing object is damaged; this names what could not be read of it. */
  DAMAGED_OBJECT,
  /** The line is not an envelope of a version this release reads. */
  INVALID_ENVELOPE,
  /** The body is not one JSON value. */
  NOT_JSON,
  /** The body was over the limit; only its first bytes were kept. */
  OVERSIZE_BODY,
  /** No signing key of the org made its signature. */
  UNVERIFIED,
  /** A generation's body is not a generation record. */
  INVALID_GENERATION,
  /** A member that every event of its kind has is absent. */
  MISSING_MEMBER,
  /** A member has a value of a type that its meaning excludes. */
  INVALID_MEMBER,
  /** The event has no time, or one that is not a time. */
  INVALID_TIME,
  /** The event's time is before 2015 or more than an hour after its arrival. */
  TIME_OUT_OF_RANGE;

  /** The lower-case name used in tables. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
