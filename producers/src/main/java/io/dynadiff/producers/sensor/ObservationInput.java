package io.dynadiff.producers.sensor;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Observations as they come in, from a stream, a file or TCP connections, through one bounded
 * queue: while it is full nothing more is read, and whoever sends has to wait.
 *
 * <p>{@link #poll} belongs to one thread; {@link #close} may be called from any.
 */
final class ObservationInput implements AutoCloseable {
  private static final int LARGEST_QUEUE = 4096;
  private static final int MOST_CONNECTIONS = 64;

  /** What came in. */
  sealed interface Item permits Observed, Malformed, Failed, Ended {}

  record Observed(Observation observation) implements Item {}

  /** A line that is no observation. */
  record Malformed(String where, String why) implements Item {}

  /** Nothing more can be read. */
  record Failed(RuntimeException cause) implements Item {}

  /** Everything has been read. */
  record Ended() implements Item {}

  private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(LARGEST_QUEUE);
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final String variable;
  private volatile boolean closed;

  private ObservationInput(String variable) {
    this.variable = variable;
  }

  /** Reads a stream to its end. */
  static ObservationInput stream(InputStream in, String name, String variable) {
    ObservationInput input = new ObservationInput(variable);
    input.start(name, () -> input.readWhole(in, name));
    return input;
  }

  /**
   * Reads a file to its end, or for as long as it is appended to.
   *
   * @throws IllegalArgumentException if there is no such file
   */
  static ObservationInput file(Path file, boolean follow, String variable) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(file + ": no such file");
    }
    try {
      InputStream in = follow ? new GrowingFile(file) : Files.newInputStream(file);
      ObservationInput input = stream(in, file.toString(), variable);
      input.open.add(in);
      return input;
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + e, e);
    }
  }

  /**
   * Accepts connections, each with a stream of its own, until it is closed.
   *
   * @throws IllegalArgumentException if the address cannot be listened on
   */
  static ObservationInput listen(InetSocketAddress address, String variable) {
    ObservationInput input = new ObservationInput(variable);
    try {
      // Closed by close(), which is what ends the accepting thread.
      ServerSocket server = new ServerSocket();
      input.open.add(server);
      server.bind(address);
      input.start("accept", () -> input.accept(server));
      return input;
    } catch (IOException | IllegalArgumentException e) {
      input.close();
      throw new IllegalArgumentException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
  }

  /** Port that connections are accepted on; for tests that let the system choose one. */
  int port() {
    return open.stream()
        .filter(ServerSocket.class::isInstance)
        .map(s -> ((ServerSocket) s).getLocalPort())
        .findFirst()
        .orElseThrow();
  }

  /** The next thing that came in; null when nothing does for so long. */
  Item poll(Duration atMost) throws InterruptedException {
    return queue.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void start(String name, Runnable work) {
    Thread thread = new Thread(work, "sensor-" + name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void readWhole(InputStream in, String name) {
    try {
      readLines(in, name, false);
      put(new Ended());
    } catch (ObservationParser.HeaderException e) {
      put(new Failed(new IllegalArgumentException(name + ": " + e.getMessage(), e)));
    } catch (IOException e) {
      put(new Failed(new UncheckedIOException(name + ": cannot be read: " + e.getMessage(), e)));
    }
  }

  private void accept(ServerSocket server) {
    while (!closed) {
      try {
        Socket socket = server.accept();
        threads.removeIf(t -> !t.isAlive());
        if (threads.size() > MOST_CONNECTIONS) {
          socket.close();
          put(new Malformed(socket.getRemoteSocketAddress().toString(), "too many connections"));
          continue;
        }
        open.add(socket);
        start("connection", () -> readConnection(socket));
      } catch (IOException e) {
        if (!closed) {
          put(new Failed(new UncheckedIOException("no connections can be accepted: " + e, e)));
        }
        return;
      }
    }
  }

  /** A connection that breaks or talks nonsense ends alone. */
  private void readConnection(Socket socket) {
    String name = socket.getRemoteSocketAddress().toString();
    try (socket) {
      readLines(socket.getInputStream(), name, true);
    } catch (ObservationParser.HeaderException | IOException e) {
      if (!closed) {
        put(new Malformed(name, e.getMessage()));
      }
    } finally {
      open.remove(socket);
    }
  }

  private void readLines(InputStream in, String name, boolean mustEnd) throws IOException {
    ObservationParser parser = new ObservationParser(variable);
    BoundedLines lines = new BoundedLines(new BufferedInputStream(in, 1 << 16), mustEnd);
    for (long number = 1; !closed; number++) {
      try {
        String line = lines.next();
        if (line == null) {
          return;
        }
        parser.parse(line).ifPresent(observation -> put(new Observed(observation)));
      } catch (ObservationParser.HeaderException e) {
        throw e;
      } catch (IllegalArgumentException e) {
        put(new Malformed(name + ", line " + number, e.getMessage()));
      }
    }
  }

  private void put(Item item) {
    try {
      queue.put(item);
    } catch (InterruptedException e) {
      // Only close() interrupts: nobody is left to take the item.
      Thread.currentThread().interrupt();
    }
  }

  /** Stops reading; what has not been polled is dropped. */
  @Override
  public void close() {
    closed = true;
    for (Closeable one : open) {
      try {
        one.close();
      } catch (IOException ignored) {
        // It is given up either way.
      }
    }
    threads.forEach(Thread::interrupt);
  }
}
