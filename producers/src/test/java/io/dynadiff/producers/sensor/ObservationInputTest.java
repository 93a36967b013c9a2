package io.dynadiff.producers.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.producers.sensor.ObservationInput.Ended;
import io.dynadiff.producers.sensor.ObservationInput.Failed;
import io.dynadiff.producers.sensor.ObservationInput.Item;
import io.dynadiff.producers.sensor.ObservationInput.Malformed;
import io.dynadiff.producers.sensor.ObservationInput.Observed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ObservationInputTest {
  private static final String HEADER = "station,time,lat,lon,value\n";

  @TempDir Path temp;

  @Test
  void shouldReadAStreamToItsEndAndNameLinesThatAreNone() throws Exception {
    try (ObservationInput input = stream(HEADER + "a,0,50,0,1\nrubbish\nb,0,50,0,2")) {
      assertThat(station(next(input))).isEqualTo("a");
      assertThat(next(input))
          .isEqualTo(new Malformed("test, line 3", "expected 5 columns, found 1"));
      assertThat(station(next(input))).isEqualTo("b");
      assertThat(next(input)).isInstanceOf(Ended.class);
    }
  }

  @Test
  void shouldGiveUpAStreamWithoutColumns() throws Exception {
    try (ObservationInput input = stream("a,0,50,0,1\n")) {
      assertThat(((Failed) next(input)).cause())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("test: expected JSON objects, or CSV");
    }
  }

  @Test
  void shouldSkipALineTooLongToBeAnObservation() throws Exception {
    try (ObservationInput input = stream(HEADER + "x".repeat(200_000) + "\na,0,50,0,1\n")) {
      assertThat(((Malformed) next(input)).why())
          .isEqualTo("expected lines of up to 65536 bytes, found 200000");
      assertThat(station(next(input))).isEqualTo("a");
    }
  }

  @Test
  void shouldWaitForWhatIsAppendedAndForTheEndOfItsLine() throws Exception {
    Path file = Files.writeString(temp.resolve("a.csv"), HEADER + "a,0,50,0,1\nb,0,50");
    try (ObservationInput input = ObservationInput.file(file, true, "t2m")) {
      assertThat(station(next(input))).isEqualTo("a");
      assertThat(input.poll(Duration.ofMillis(300))).isNull();
      Files.writeString(file, ",0,2\n", StandardOpenOption.APPEND);
      assertThat(station(next(input))).isEqualTo("b");
      Files.writeString(file, "");
      assertThat(((Failed) next(input)).cause()).hasMessageContaining("has become shorter");
    }
  }

  @Test
  void shouldReadManyConnectionsAndOutliveABrokenOne() throws Exception {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (ObservationInput input = ObservationInput.listen(any, "t2m")) {
      send(input.port(), "nonsense\n");
      assertThat(((Malformed) next(input)).why()).contains("expected JSON objects");
      send(input.port(), HEADER + "a,0,50,0,1\nb,0,50,0,28");
      assertThat(station(next(input))).isEqualTo("a");
      assertThat(((Malformed) next(input)).why()).contains("cut off");
      send(input.port(), "{\"station\":\"c\",\"time\":0,\"lat\":1,\"lon\":1,\"value\":1}\n");
      assertThat(station(next(input))).isEqualTo("c");
      assertThatThrownBy(
              () ->
                  ObservationInput.listen(
                          new InetSocketAddress(any.getAddress(), input.port()), "t2m")
                      .close())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cannot listen on");
    }
  }

  @Test
  void shouldStopReadingWhileNobodyTakesWhatWasRead() throws Exception {
    byte[] line = "a,0,50,0,1\n".getBytes(StandardCharsets.UTF_8);
    AtomicLong given = new AtomicLong();
    InputStream endless =
        new InputStream() {
          private final byte[] header = HEADER.getBytes(StandardCharsets.UTF_8);

          @Override
          public int read() {
            long at = given.getAndIncrement();
            return at < header.length
                ? header[(int) at]
                : line[(int) ((at - header.length) % line.length)];
          }
        };
    try (ObservationInput input = ObservationInput.stream(endless, "endless", "t2m")) {
      AtomicLong before = new AtomicLong(-1);
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .pollInterval(Duration.ofMillis(200))
          .until(() -> before.getAndSet(given.get()) == given.get());
      assertThat(given.get()).isBetween(4096L * line.length, 4096L * line.length + (2 << 16));
      assertThat(station(next(input))).isEqualTo("a");
    }
  }

  @Test
  void shouldRefuseAFileThatIsNotThere() {
    assertThatThrownBy(() -> ObservationInput.file(temp.resolve("none.csv"), false, "t2m"))
        .hasMessageContaining("none.csv: no such file");
  }

  private static ObservationInput stream(String text) {
    return ObservationInput.stream(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "test", "t2m");
  }

  private static void send(int port, String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Item next(ObservationInput input) throws InterruptedException {
    return input.poll(Duration.ofSeconds(10));
  }

  private static String station(Item item) {
    return ((Observed) item).observation().station();
  }
}
