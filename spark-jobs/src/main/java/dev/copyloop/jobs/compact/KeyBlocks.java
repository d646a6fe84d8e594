package dev.copyloop.jobs.compact;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import scala.Tuple2;

/**
 * Line keys in packed blocks, one per bucket of identities: what goes through the shuffle instead
 * of wide rows.
 */
final class KeyBlocks implements Serializable {
  private static final long serialVersionUID = 1L;

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

  /** Hands over every key. */
  void forEach(Consumer<LineKey> consumer) {
    for (byte[] block : blocks) {
      forEach(block, consumer);
    }
  }

  /** Hands over every key of a block. */
  static void forEach(byte[] block, Consumer<LineKey> consumer) {
    ByteArrayInputStream bytes = new ByteArrayInputStream(block);
    DataInputStream in = new DataInputStream(bytes);
    try {
      while (bytes.available() > 0) {
        consumer.accept(LineKey.read(in));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read a block of line keys", e);
    }
  }

  /** Collects keys. Not thread-safe. */
  static final class Builder {
    private final ByteArrayOutputStream[] bytes;
    private final DataOutputStream[] out;

    Builder(int buckets) {
      bytes = new ByteArrayOutputStream[buckets];
      out = new DataOutputStream[buckets];
      for (int bucket = 0; bucket < buckets; bucket++) {
        bytes[bucket] = new ByteArrayOutputStream(64);
        out[bucket] = new DataOutputStream(bytes[bucket]);
      }
    }

    void add(LineKey key) {
      try {
        key.write(out[Math.floorMod(key.keyLow(), out.length)]);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot pack a line key", e);
      }
    }

    KeyBlocks build() {
      byte[][] blocks = new byte[bytes.length][];
      for (int bucket = 0; bucket < bytes.length; bucket++) {
        blocks[bucket] = bytes[bucket].toByteArray();
      }
      return new KeyBlocks(blocks);
    }
  }
}
