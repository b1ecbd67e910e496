package uk.cpis.gateway.endpoint;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.server.Request;

/** A request whose body has been read: it gives the buffered bytes as its content. */
final class ReadRequest extends Request.Wrapper {

  private final Content.Source body;

  ReadRequest(Request request, byte[] body) {
    super(request);
    this.body = new ByteBufferContentSource(ByteBuffer.wrap(body));
  }

  @Override
  public long getLength() {
    return body.getLength();
  }

  @Override
  public Content.Chunk read() {
    return body.read();
  }

  @Override
  public void demand(Runnable demandCallback) {
    body.demand(demandCallback);
  }

  @Override
  public boolean consumeAvailable() {
    return true;
  }
}
