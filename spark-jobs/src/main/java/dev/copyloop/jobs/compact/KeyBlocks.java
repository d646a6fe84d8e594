package dev.copyloop.jobs.compact;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import scala.Tuple2;

/**
 * Line keys in packed blocks, one per bucket of identities: what goes through the shuffle instead
 * of wide rows.
 */
final class KeyBlocks implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Small, since there are many buckets on a large cluster. */
  private static final int FIRST_CAPACITY = 128;

  private final byte[][] blocks;

  private KeyBlocks(byte[][] blocks) {
    this.blocks = blocks;
  }

  /** The blocks that are not empty, with their buckets' numbers. */
  List<Tuple2<Integer, byte[]>> byBucket() {
    List<Tuple2<Integer, byte[]>> result = new ArrayList<>();
    for (int bucket = 0; bucket < blocks.length; bucket++) {
      if (blocks[bucket].length > 0) {
        result.add(new Tuple2<>(bucket, blocks[bucket]));
      }
    }
    return result;
  }

  /** Hands over the keys of a block that are wanted by the first half of their identity. */
  static void forEach(byte[] block, LongPredicate wanted, Consumer<LineKey> consumer) {
    ByteBuffer in = ByteBuffer.wrap(block);
    while (in.hasRemaining()) {
      if (wanted.test(LineKey.high(in))) {
        consumer.accept(LineKey.read(in));
      } else {
        LineKey.pass(in);
      }
    }
  }

  /** Hands over the first half of every identity of a block. */
  static void forEachHigh(byte[] block, LongConsumer consumer) {
    ByteBuffer in = ByteBuffer.wrap(block);
    while (in.hasRemaining()) {
      consumer.accept(LineKey.high(in));
      LineKey.pass(in);
    }
  }

  /** Collects keys. Not thread-safe. */
  static final class Builder {
    private final PackedBytes[] bytes;

    Builder(int buckets) {
      bytes = new PackedBytes[buckets];
      Arrays.setAll(bytes, bucket -> new PackedBytes(FIRST_CAPACITY));
    }

    void add(LineKey key) {
      key.write(bytes[Math.floorMod(key.keyLow(), bytes.length)]);
    }

    KeyBlocks build() {
      return new KeyBlocks(Arrays.stream(bytes).map(PackedBytes::take).toArray(byte[][]::new));
    }
  }
}
