package dev.copyloop.stack.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * How far a long task is: a bar with the time left on a terminal, a plain line now and then
 * elsewhere. Thread-safe.
 */
public final class Progress implements AutoCloseable {
  /** System property: whether standard error is a terminal; the launcher knows. */
  public static final String TERMINAL = "copyloop.terminal";

  private static final int WIDTH = 30;
  private static final Duration BAR_EVERY = Duration.ofMillis(100);
  private static final Duration LINE_EVERY = Duration.ofSeconds(5);

  private final PrintStream out;
  private final boolean terminal;
  private final String label;
  private final long total;
  private final long start = System.nanoTime();
  private long done;
  private long shown = start;

  private Progress(PrintStream out, boolean terminal, String label, long total) {
    this.out = out;
    this.terminal = terminal;
    this.label = label;
    this.total = total;
  }

  /** On standard error, so that standard output keeps only results. */
  public static Progress of(String label, long total) {
    return new Progress(System.err, Boolean.getBoolean(TERMINAL), label, total);
  }

  /** As plain lines to any stream. */
  static Progress plain(PrintStream out, String label, long total) {
    return new Progress(out, false, label, total);
  }

  /** So many more are done. */
  public synchronized void step(long count) {
    done += count;
    long now = System.nanoTime();
    if (now - shown >= (terminal ? BAR_EVERY : LINE_EVERY).toNanos()) {
      shown = now;
      show();
    }
  }

  /** So many are done in all. */
  public synchronized void at(long count) {
    step(count - done);
  }

  /** Shows the end. */
  @Override
  public synchronized void close() {
    show();
    if (terminal) {
      out.println();
    }
  }

  private void show() {
    String text =
        String.format(Locale.ROOT, "%-28s %s %,d of %,d%s", label, bar(), done, total, remaining());
    if (terminal) {
      out.print("\r" + text + "\u001b[K");
    } else {
      out.println(text);
    }
    out.flush();
  }

  private String bar() {
    double share = total == 0 ? 1 : Math.min(1, (double) done / total);
    if (!terminal) {
      return String.format(Locale.ROOT, "%3.0f %%", share * 100);
    }
    int filled = (int) (share * WIDTH);
    return "█".repeat(filled) + "░".repeat(WIDTH - filled);
  }

  private String remaining() {
    double seconds = (System.nanoTime() - start) / 1e9;
    if (done >= total) {
      return String.format(Locale.ROOT, ", took %.0f s", seconds);
    }
    return done == 0
        ? ""
        : String.format(Locale.ROOT, ", %.0f s left", seconds * (total - done) / done);
  }
}
