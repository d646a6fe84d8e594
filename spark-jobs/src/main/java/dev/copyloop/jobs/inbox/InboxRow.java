package dev.copyloop.jobs.inbox;

/**
 * A row of a dropped file: the bytes of one event's JSON, or why there is none.
 *
 * @param number the line it begins on, or its ordinal in a file without lines; from 1
 * @param problem null if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record InboxRow(long number, byte[] json, String problem) {

  static InboxRow of(long number, byte[] json) {
    return new InboxRow(number, json, null);
  }

  static InboxRow broken(long number, String problem) {
    return new InboxRow(number, new byte[0], problem);
  }
}
