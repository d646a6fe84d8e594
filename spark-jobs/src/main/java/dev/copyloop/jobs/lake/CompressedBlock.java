package dev.copyloop.jobs.lake;

import java.util.Arrays;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import org.apache.spark.unsafe.Platform;

/**
 * Bytes of this program's own, behind their length, compressed by LZ4 in one piece. Spark's streams
 * would check a sum of every byte, which costs as much as to decompress it, of what never leaves
 * this program. Thread-safe.
 */
public final class CompressedBlock {

  private static final int HEADER = Integer.BYTES;

  private CompressedBlock() {}

  /** The first bytes of an array as a block. */
  public static byte[] of(byte[] bytes, int length) {
    LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();
    byte[] block = new byte[HEADER + compressor.maxCompressedLength(length)];
    Platform.putInt(block, Platform.BYTE_ARRAY_OFFSET, length);
    return Arrays.copyOf(block, HEADER + compressor.compress(bytes, 0, length, block, HEADER));
  }

  /** How many bytes a block holds. */
  public static int length(byte[] block) {
    return Platform.getInt(block, Platform.BYTE_ARRAY_OFFSET);
  }

  /** Writes what a block holds to the beginning of an array that is long enough. */
  public static void decompress(byte[] block, byte[] bytes) {
    LZ4Factory.fastestInstance()
        .safeDecompressor()
        .decompress(block, HEADER, block.length - HEADER, bytes, 0);
  }
}
