package dev.copyloop.landing.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskRoomTest {
  @TempDir Path folder;

  @Test
  void roomIsScarceOnceOnlyTheReserveIsLeft() throws IOException {
    assertThat(new DiskRoom(folder, 1).isScarce()).isFalse();
    assertThat(new DiskRoom(folder, Long.MAX_VALUE).isScarce()).isTrue();
  }
}
