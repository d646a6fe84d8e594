package dev.copyloop.landing;

import dev.copyloop.landing.spool.SpoolDirectory.ChannelOpener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** The real disk, with faults that it shows on demand. */
final class FaultyDisk implements ChannelOpener {
  /** How the disk behaves. */
  enum Fault {
    NONE,
    /** Writes succeed; syncs don't. */
    SYNC_FAILS,
    /** A write takes half of the bytes, then none. */
    FULL
  }

  private final AtomicLong syncs = new AtomicLong();
  private volatile Fault fault = Fault.NONE;

  void shows(Fault next) {
    fault = next;
  }

  long syncs() {
    return syncs.get();
  }

  @Override
  public FileChannel open(Path file, OpenOption... options) throws IOException {
    return new Channel(FileChannel.open(file, options));
  }

  private final class Channel extends FileChannel {
    private final FileChannel real;
    private boolean tookHalf;

    Channel(FileChannel real) {
      this.real = real;
    }

    @Override
    public void force(boolean metaData) throws IOException {
      syncs.incrementAndGet();
      if (fault == Fault.SYNC_FAILS) {
        throw new IOException("Input/output error");
      }
      real.force(metaData);
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      long position = real.position();
      int count = write(bytes, position);
      real.position(position + count);
      return count;
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
      if (fault != Fault.FULL) {
        return real.write(bytes, position);
      }
      if (tookHalf || bytes.remaining() < 2) {
        throw new IOException("No space left on device");
      }
      tookHalf = true;
      int count = real.write(bytes.slice(bytes.position(), bytes.remaining() / 2), position);
      bytes.position(bytes.position() + count);
      return count;
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
      return real.read(bytes);
    }

    @Override
    public int read(ByteBuffer bytes, long position) throws IOException {
      return real.read(bytes, position);
    }

    @Override
    public long read(ByteBuffer[] bytes, int offset, int length) throws IOException {
      return real.read(bytes, offset, length);
    }

    @Override
    public long write(ByteBuffer[] bytes, int offset, int length) throws IOException {
      throw new UnsupportedOperationException("not used by the spool");
    }

    @Override
    public long position() throws IOException {
      return real.position();
    }

    @Override
    public FileChannel position(long newPosition) throws IOException {
      real.position(newPosition);
      return this;
    }

    @Override
    public long size() throws IOException {
      return real.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      real.truncate(size);
      return this;
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target)
        throws IOException {
      return real.transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count)
        throws IOException {
      return real.transferFrom(source, position, count);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
      return real.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
      return real.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return real.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      real.close();
    }
  }
}
