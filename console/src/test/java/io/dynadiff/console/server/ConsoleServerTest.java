package io.dynadiff.console.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynadiff.console.SyntheticFeed;
import io.dynadiff.console.state.ConsoleState;
import io.dynadiff.console.state.Limits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleServerTest {

  private static final String ID = "lambda-omega/a";
  private static final String ENCODED = "lambda-omega%2Fa";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final ConsoleState state = new ConsoleState(Limits.DEFAULT, System::currentTimeMillis);
  private final SyntheticFeed feed = SyntheticFeed.plane(ID);
  private ConsoleServer server;

  @BeforeEach
  void serve() throws IOException {
    server =
        ConsoleServer.open(
            state,
            () -> Map.of("trouble", "none"),
            new ServerSettings(ServerSettings.LOCALHOST, 0, List.of("console.example"), 60, 1));
    for (int i = 0; i < 20; i++) {
      feed.advance(state);
    }
  }

  @AfterEach
  void stop() {
    server.close();
    // Names the thread that a page would leave behind.
    await()
        .atMost(Duration.ofSeconds(5))
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("console")));
  }

  private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
        BodyHandlers.ofByteArray());
  }

  private JsonNode json(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = get(path);
    assertThat(answer.statusCode())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  @Test
  void shouldServeThePageAndAllItNamesWhenAsked() throws Exception {
    HttpResponse<byte[]> page = get("");
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    String html = new String(page.body(), StandardCharsets.UTF_8);
    assertThat(html).contains("main.js").contains("console.css");
    assertThat(html.replaceAll("http://www\\.w3\\.org", ""))
        .as("nothing from another place")
        .doesNotContain("http://", "https://", "//cdn");
    for (String file : List.of("main.js", "console.css", "icon.svg", "fields.js")) {
      assertThat(get(file).statusCode()).as(file).isEqualTo(200);
    }
  }

  @Test
  void shouldLetNothingElseIntoThePageWhenServed() throws Exception {
    assertThat(get("").headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe-inline", "unsafe-eval");
    assertThat(get("").headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
  }

  @Test
  void shouldSayWhatThereIsWhenAPathIsUnknown() throws Exception {
    HttpResponse<byte[]> answer = get("../../etc/passwd");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(get("api/environment?id=nobody").statusCode()).isEqualTo(404);
    assertThat(
            new String(
                get("api/fields?id=" + ENCODED + "&forecast=best").body(), StandardCharsets.UTF_8))
        .isEqualTo("forecast: expected verified or newest, found best\n");
  }

  @Test
  void shouldRefuseToWriteWhenAskedTo() throws Exception {
    HttpResponse<Void> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(server.url() + "api/environments"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            BodyHandlers.discarding());
    assertThat(answer.statusCode()).isEqualTo(405);
  }

  @Test
  void shouldAnswerOnlyToItsOwnNamesWhenAStrangePageResolvesToIt() throws Exception {
    assertThat(statusFor("evil.example")).isEqualTo(421);
    assertThat(statusFor("localhost:8090")).isEqualTo(200);
    assertThat(statusFor("Console.Example")).isEqualTo(200);
  }

  private int statusFor(String host) throws IOException {
    URI url = URI.create(server.url());
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "GET /api/health HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
              .formatted(host)
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return Integer.parseInt(in.readLine().split(" ")[1]);
    }
  }

  @Test
  void shouldTellEnvironmentsAndDetailWhenAsked() throws Exception {
    JsonNode rows = json("api/environments");
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).get("id").asText()).isEqualTo(ID);
    assertThat(rows.get(0).get("version").asLong()).isEqualTo(1);

    JsonNode detail = json("api/environment?id=" + ENCODED);
    assertThat(detail.get("scores")).hasSize(19);
    assertThat(detail.get("scores").get(0).get("retired").isNull()).as("NaN is null").isTrue();
    assertThat(detail.get("experts").get(0).get("seed").isTextual()).isTrue();
    assertThat(detail.get("form").get("channels").get(1).get("name").asText()).isEqualTo("v");
  }

  @Test
  void shouldSendFieldsAsNumbersWhenAsked() throws Exception {
    ByteBuffer bytes =
        ByteBuffer.wrap(get("api/fields?id=" + ENCODED).body()).order(ByteOrder.LITTLE_ENDIAN);
    int length = bytes.getInt();
    assertThat(length % 4).as("numbers lie at multiples of four").isZero();
    byte[] text = new byte[length];
    bytes.get(text);
    JsonNode header = JSON.readTree(text);
    long issue = header.get("issueSequence").asLong();
    int size = 2 * SyntheticFeed.SIDE * SyntheticFeed.SIDE;
    int base = bytes.position();
    assertThat(header.get("parts").findValuesAsText("name"))
        .containsExactly("mean", "truth", "spread", "issue");
    int truthOffset = header.get("parts").get(1).get("offset").asInt();
    float[] truth = feed.truth(issue + 2);
    for (int i = 0; i < size; i++) {
      // Lead 2 is the second entry of the lead axis.
      assertThat(bytes.getFloat(base + 4 * (truthOffset + size + i))).isEqualTo(truth[i]);
    }
    int total = header.get("parts").get(3).get("offset").asInt() + size;
    assertThat(bytes.limit()).isEqualTo(base + 4 * total);
  }

  @Test
  void shouldSendEverythingFirstAndThenWhatIsNewWhenFollowed() throws Exception {
    try (Events events = new Events(ENCODED)) {
      JsonNode first = events.next();
      assertThat(first.get("all").asBoolean()).isTrue();
      assertThat(first.get("detail").get("scores")).hasSize(19);
      assertThat(first.get("health").get("trouble").asText()).isEqualTo("none");

      feed.advance(state);
      JsonNode news = events.nextWith("environments");
      // One update may hold a part of what an interval brings; the frame comes first.
      assertThat(news.get("environments").get(0).get("sequence").asLong()).isEqualTo(20);
      assertThat(news.get("detail").get("scores").size()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void shouldRefuseAFurtherPageWhenTooManyAreOpenAndTakeItWhenOneIsLeft() throws Exception {
    try (Events events = new Events(ENCODED)) {
      events.next();
      HttpResponse<byte[]> refused = get("api/live");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    }
    // The server notices at the next update that it is written to nobody.
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              feed.advance(state);
              try (Events again = new Events(ENCODED)) {
                return again.status() == 200;
              }
            });
  }

  @Test
  void shouldSayWhatToDoWhenThePortIsTaken() {
    int port = URI.create(server.url()).getPort();
    assertThatThrownBy(() -> ConsoleServer.open(state, () -> "", ServerSettings.local(port)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("console: expected to listen on 127.0.0.1 port " + port)
        .hasMessageContaining("choose another port");
  }

  /** Events of the live stream, read on a thread of its own. */
  private final class Events implements AutoCloseable {

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final HttpResponse<InputStream> answer;

    Events(String id) throws IOException, InterruptedException {
      answer =
          client.send(
              HttpRequest.newBuilder(URI.create(server.url() + "api/live?id=" + id)).build(),
              BodyHandlers.ofInputStream());
      Thread thread = new Thread(this::read, "events");
      thread.setDaemon(true);
      thread.start();
    }

    int status() {
      return answer.statusCode();
    }

    private void read() {
      try (BufferedReader reader =
          new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          if (line.startsWith("data: ")) {
            lines.add(line.substring(6));
          }
        }
      } catch (IOException e) {
        // closed by the test
      }
    }

    JsonNode next() throws Exception {
      String line = lines.poll(10, TimeUnit.SECONDS);
      assertThat(line).as("an event within 10 s").isNotNull();
      return JSON.readTree(line);
    }

    JsonNode nextWith(String name) throws Exception {
      JsonNode event = next();
      while (!event.has(name)) {
        event = next();
      }
      return event;
    }

    @Override
    public void close() throws IOException {
      answer.body().close();
    }
  }
}
