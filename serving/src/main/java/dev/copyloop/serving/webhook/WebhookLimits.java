package dev.copyloop.serving.webhook;

import dev.copyloop.events.config.DataSize;

/**
 * What a webhook may hold.
 *
 * @param whole a body up to this is kept whole
 * @param refused a body above this is refused: no sender of events makes such
 * @param unverifiedPerSecond how many bodies that do not verify are landed per second and org
 */
public record WebhookLimits(DataSize whole, DataSize refused, int unverifiedPerSecond) {
  /** With its event id beside it, such a body is a line that the spool takes. */
  private static final DataSize LARGEST_WHOLE = DataSize.ofMebibytes(16);

  public WebhookLimits {
    if (whole.compareTo(DataSize.ofKibibytes(64)) < 0) {
      throw new IllegalArgumentException(
          "Invalid setting serving.webhook.whole-body: " + whole + " is below 64KiB");
    }
    if (whole.compareTo(LARGEST_WHOLE) > 0) {
      throw new IllegalArgumentException(
          "Invalid setting serving.webhook.whole-body: " + whole + " is above " + LARGEST_WHOLE);
    }
    if (refused.compareTo(whole) < 0) {
      throw new IllegalArgumentException(
          "Invalid setting serving.webhook.largest-body: "
              + refused
              + " is below serving.webhook.whole-body");
    }
    if (unverifiedPerSecond < 0) {
      throw new IllegalArgumentException(
          "Invalid setting serving.webhook.unverified-per-second: below 0");
    }
  }
}
