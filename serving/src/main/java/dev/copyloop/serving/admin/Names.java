package dev.copyloop.serving.admin;

import dev.copyloop.serving.http.ProblemException;
import java.util.UUID;
import java.util.regex.Pattern;

/** What things may be called. */
final class Names {
  private static final Pattern ORG = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  /** {@code jw_<template_id>} is an attribute of at most 150 bytes in Customer.io. */
  private static final Pattern TEMPLATE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,146}");

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}");
  private static final Pattern COPY_ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private Names() {}

  static String org(String slug) {
    return checked(ORG, slug, "org", "lower-case letters, digits and hyphens, at most 63");
  }

  static String template(String id) {
    return checked(
        TEMPLATE, id, "template_id", "letters, digits and underscores, at most 147 characters");
  }

  static boolean isVariable(String name) {
    return VARIABLE.matcher(name).matches();
  }

  /** A workspace's, rule's or variant's name. */
  static String plain(String member, String name) {
    return checked(
        PLAIN, name, member, "letters, digits, spaces, dots, underscores and hyphens, at most 100");
  }

  static UUID copyId(String text) {
    checked(COPY_ID, text, "copy_id", "a UUID in lower case");
    return UUID.fromString(text);
  }

  static UUID id(String member, String text) {
    checked(COPY_ID, text, member, "a UUID in lower case");
    return UUID.fromString(text);
  }

  private static String checked(Pattern pattern, String text, String member, String expected) {
    if (!pattern.matcher(text).matches()) {
      throw ProblemException.invalid(member + " must be " + expected);
    }
    return text;
  }
}
