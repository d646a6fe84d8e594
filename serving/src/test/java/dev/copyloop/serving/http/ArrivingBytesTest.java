package dev.copyloop.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ArrivingBytesTest {
  private static final int KIB = 1024;

  private final ArrivingBytes arriving = new ArrivingBytes(100 * KIB);

  @Test
  void whatAllHoldTogetherIsBoundedAndFreedWhenOneEnds() {
    ArrivingBytes.Part one = arriving.part();
    one.hold(20 * KIB);
    one.hold(60 * KIB);
    ArrivingBytes.Part other = arriving.part();
    other.hold(40 * KIB);
    assertThatThrownBy(() -> other.hold(41 * KIB))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.problem().kind().status()).isEqualTo(503));
    one.release();
    one.release();
    other.hold(100 * KIB);
    other.release();
    arriving.part().hold(100 * KIB);
  }

  @Test
  void smallBodiesAreNotCounted() {
    arriving.part().hold(100 * KIB);
    ArrivingBytes.Part small = arriving.part();
    small.hold(4 * KIB);
    small.release();
    assertThatThrownBy(() -> small.hold(5 * KIB)).isInstanceOf(ProblemException.class);
  }
}
