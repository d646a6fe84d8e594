package dev.copyloop.embedded.storage;

/** How long the S3 server's process lives. */
public enum Lifetime {
  /** Until its parent's end of the standard input closes, by whatever death. */
  PARENT,
  /** Until it is told to stop. */
  OWN
}
