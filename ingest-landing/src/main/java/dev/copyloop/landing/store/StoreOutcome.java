package dev.copyloop.landing.store;

/** How an attempt to create an object ended. */
public sealed interface StoreOutcome {

  /** The object was created by this attempt. */
  record Stored() implements StoreOutcome {}

  /** The object was there, with equal content: a retry's success. */
  record AlreadyThere() implements StoreOutcome {}

  /** The object was there with other content; it was not touched. */
  record Conflict(String foundSha256) implements StoreOutcome {}

  /** Nothing was created. */
  record FailedClean(Exception cause) implements StoreOutcome {}

  /** It may have been created or not: the answer was lost. Trying again is safe. */
  record Unknown(Exception cause) implements StoreOutcome {}
}
