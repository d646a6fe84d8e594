package dev.copyloop.jobs.attribute.journey;

import java.util.Locale;

/**
 * The parts of a link's address by which people know it. Any text is taken: senders report what
 * their templates made of it, which is not always a URI.
 */
final class LinkAddress {
  private static final String SCHEME_END = "://";
  private static final String AUTHORITY_END = "/?#";

  private LinkAddress() {}

  /** The host, lower-case, without user and port; null if the address is null or names none. */
  static String host(String address) {
    int start = authorityStart(address);
    if (start < 0) {
      return null;
    }
    String authority = address.substring(start, firstOf(AUTHORITY_END, address, start));
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    int port = host.indexOf(':');
    return (port < 0 ? host : host.substring(0, port)).toLowerCase(Locale.ROOT);
  }

  /** The path, at least a slash, without query and fragment; null if there is no host. */
  static String path(String address) {
    int start = authorityStart(address);
    if (start < 0) {
      return null;
    }
    int slash = firstOf(AUTHORITY_END, address, start);
    String path = address.substring(slash, firstOf("?#", address, slash));
    return path.isEmpty() ? "/" : path;
  }

  private static int authorityStart(String address) {
    int end = address == null ? -1 : address.indexOf(SCHEME_END);
    return end < 0 ? -1 : end + SCHEME_END.length();
  }

  private static int firstOf(String marks, String text, int from) {
    int place = from;
    while (place < text.length() && marks.indexOf(text.charAt(place)) < 0) {
      place++;
    }
    return place;
  }
}
