package io.github.tfbit.checkpoints.fetch;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A server on 127.0.0.1 that writes what its script says, whether or not it is HTTP: it can lie.
 * One answer for each connection.
 */
public final class ScriptedServer implements Closeable {
  /** What a client asked for. */
  public record Request(String path, Map<String, String> headers) {
    /** The first byte asked for, 0 without a range. */
    public long from() {
      String range = headers.get("range");
      return range == null ? 0 : Long.parseLong(range.replaceAll("bytes=(\\d+)-", "$1"));
    }
  }

  /** Answers. */
  @FunctionalInterface
  public interface Script {
    /** Answers the request with this number, counted from 0. */
    void answer(int number, Request request, Connection to) throws Exception;
  }

  /** The way back to a client. */
  public final class Connection {
    private final OutputStream out;

    private Connection(OutputStream out) {
      this.out = out;
    }

    /** Writes a head: status line and headers as they are. */
    public Connection head(String status, String... headers) throws IOException {
      StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append("\r\n");
      List.of(headers).forEach(h -> head.append(h).append("\r\n"));
      head.append("Connection: close\r\n\r\n");
      return text(head.toString());
    }

    /** Writes text. */
    public Connection text(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return this;
    }

    /** Writes bytes. */
    public Connection bytes(byte[] bytes, int from, int to) throws IOException {
      out.write(bytes, from, to - from);
      out.flush();
      return this;
    }

    /** Writes a chunk of a chunked body; an empty one ends it. */
    public Connection chunk(byte[] bytes, int from, int to) throws IOException {
      text(Integer.toHexString(to - from) + "\r\n");
      return bytes(bytes, from, to).text("\r\n");
    }

    /** Holds the connection open and says nothing until the server is closed. */
    public void stall() throws InterruptedException {
      closing.await(60, TimeUnit.SECONDS);
    }

    /** Answers as an honest server does, with ranges, an entity tag and more headers. */
    public void file(Request request, byte[] bytes, String tag, String... more) throws IOException {
      int from = (int) request.from();
      boolean part = from > 0 && tag.equals(request.headers().get("if-range"));
      String[] headers = new String[more.length + 3];
      headers[0] = "Content-Length: " + (part ? bytes.length - from : bytes.length);
      headers[1] = "ETag: " + tag;
      headers[2] =
          part
              ? "Content-Range: bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length
              : "Accept-Ranges: bytes";
      System.arraycopy(more, 0, headers, 3, more.length);
      head(part ? "206 Partial Content" : "200 OK", headers);
      bytes(bytes, part ? from : 0, bytes.length);
    }
  }

  private final ServerSocket socket;
  private final Script script;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Throwable> faults = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  /** Starts. */
  public ScriptedServer(Script script) throws IOException {
    this.script = script;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::listen, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Its address. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + path);
  }

  /** What was asked so far. */
  public List<Request> requests() {
    return requests;
  }

  /** Errors of the script itself, which a client cannot see. */
  public List<Throwable> faults() {
    return faults;
  }

  private void listen() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread thread = new Thread(() -> serve(client), "scripted-answer");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      Optional<Request> request = read(new BufferedInputStream(client.getInputStream()));
      if (request.isPresent()) {
        int number;
        synchronized (requests) {
          number = requests.size();
          requests.add(request.get());
        }
        script.answer(number, request.get(), new Connection(client.getOutputStream()));
      }
    } catch (IOException | InterruptedException e) {
      // The client has gone, as it may.
    } catch (Exception e) {
      faults.add(e);
    }
  }

  private static Optional<Request> read(InputStream in) throws IOException {
    String start = line(in);
    String[] words = start.split(" ", -1);
    if (words.length != 3) {
      return Optional.empty();
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return Optional.of(new Request(words[1], headers));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    closing.countDown();
    socket.close();
  }
}
