package dev.copyloop.serving.http;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;

/**
 * Closes a connection whose next request's line and headers are not complete some time after their
 * first byte: each byte that drips in would keep it from being idle. One per connection, confined
 * to its event loop. A head that comes whole costs two looks at a flag, and no timer.
 *
 * <p>Between the bytes and the parser, and behind the parser, since Vert.x tells of a request only
 * when its head is complete.
 */
final class SlowHeads {
  private static final String PARSER = "httpDecoder";

  private final long limitMillis;
  private boolean betweenRequests = true;
  private boolean headBegun;
  private Future<?> timer;

  private SlowHeads(Duration limit) {
    this.limitMillis = limit.toMillis();
  }

  /** Watches a connection that was just opened. */
  static void watch(HttpConnection connection, Duration limit) {
    SlowHeads heads = new SlowHeads(limit);
    ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
    pipeline.addBefore(PARSER, null, heads.new Bytes());
    pipeline.addAfter(PARSER, null, heads.new Messages());
  }

  private final class Bytes extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      headBegun |= betweenRequests;
      context.fireChannelRead(bytes);
      if (headBegun && timer == null) {
        timer = context.executor().schedule(() -> close(context), limitMillis, MILLISECONDS);
      }
    }

    private void close(ChannelHandlerContext context) {
      var unused = context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      headComplete();
      context.fireChannelInactive();
    }
  }

  private final class Messages extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest) {
        betweenRequests = false;
        headComplete();
      }
      if (message instanceof LastHttpContent) {
        betweenRequests = true;
      }
      context.fireChannelRead(message);
    }
  }

  private void headComplete() {
    headBegun = false;
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
