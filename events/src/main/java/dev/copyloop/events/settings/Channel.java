package dev.copyloop.events.settings;

import java.util.Locale;
import java.util.Optional;

/** A message channel that is counted. */
public enum Channel {
  EMAIL,
  PUSH,
  SMS,
  WHATSAPP,
  IN_APP;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The lower-case name, equal to Customer.io's {@code object_type}. */
  public String label() {
    return label;
  }

  /** The channel of that {@code object_type}; empty for one that is kept but not counted. */
  public static Optional<Channel> of(String label) {
    for (Channel channel : values()) {
      if (channel.label().equals(label)) {
        return Optional.of(channel);
      }
    }
    return Optional.empty();
  }
}
