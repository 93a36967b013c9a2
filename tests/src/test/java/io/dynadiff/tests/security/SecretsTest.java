package io.dynadiff.tests.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dynadiff.cli.Dynadiff;
import io.dynadiff.models.bundle.UntrainedBundle;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.streams.access.Party;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where a secret could come to light: what a process writes, what it answers, and its arguments.
 * The secrets stand in a file of client properties, and in the environment to which that refers.
 */
@Tag("slow")
class SecretsTest {

  private static final String LOGIN = "login-kept-in-the-environment";
  private static final String REFERENCE = "${env:DYNADIFF_TEST_LOGIN}";
  private static final String USER = "everything";
  private static final List<String> SECRETS = List.of(LOGIN, Identities.PASSWORD);
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** Everything that any library says, also the configurations that Kafka's clients print. */
  private static final String LOGBACK =
      """
      <configuration>
        <appender name="stderr" class="ch.qos.logback.core.ConsoleAppender">
          <target>System.err</target>
          <encoder><pattern>%level %logger %mdc %msg%n%ex</pattern></encoder>
        </appender>
        <root level="DEBUG"><appender-ref ref="stderr"/></root>
      </configuration>
      """;

  @TempDir static Path directory;
  private static SecuredBroker broker;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = new SecuredBroker(directory, LOGIN);
    broker.grant(USER, LOGIN, List.of(Party.ADAPT, Party.GENERATE, Party.FORECAST, Party.VERIFY));
    UntrainedBundle.write(
        directory.resolve("bundle"), "lambda-omega", new FieldShape(2, 32, 32), 1);
    Files.writeString(directory.resolve("logback.xml"), LOGBACK);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void shouldKeepSecretsToItselfWhenRolesLogEverything() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path output = directory.resolve("run.out");
    List<String> arguments =
        List.of(
            "run",
            "--log-level=debug",
            "--log-file=" + directory.resolve("run.log"),
            "--state-dir=" + directory.resolve("state"),
            "--metrics-port=" + port);
    Process process = start(output, clientProperties(REFERENCE, Identities.PASSWORD), arguments);
    try {
      await()
          .atMost(LIMIT)
          .ignoreException(IllegalStateException.class)
          .failFast("the process has ended, see " + output, () -> !process.isAlive())
          .until(() -> get(port, "/health/ready").statusCode() == 200);
      // A value whose schema the registry must be asked for.
      askRegistry();
      await().atMost(LIMIT).until(() -> broker.registryUsers().contains(USER));
      assertThat(Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")))
          .contains("--client-properties")
          .doesNotContain(SECRETS);
      for (String path : List.of("/metrics", "/health/ready", "/health/live", "/unknown")) {
        assertThat(get(port, path).body()).as(path).isNotEmpty().doesNotContain(SECRETS);
      }
    } finally {
      process.destroy();
    }
    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertSilent(output, "sasl.jaas.config = [hidden]");
    assertSilent(directory.resolve("run.log"), "sasl.jaas.config = [hidden]");
  }

  @Test
  void shouldShowNoSecretWhenItPrintsItsSettings() throws Exception {
    Path output = directory.resolve("show.out");
    Process process =
        start(
            output,
            clientProperties(REFERENCE, Identities.PASSWORD),
            List.of(
                "config",
                "show",
                "--json",
                "--set=kafka.client.ssl.key.password=" + REFERENCE,
                "--set=kafka.client.sasl.jaas.config=" + jaas(REFERENCE)));
    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    assertSilent(output, "kafka.client-properties");
  }

  @Test
  void shouldGiveNoSecretAwayWhenItIsRefused() throws Exception {
    assertRefused("login", clientProperties("a guess of " + LOGIN, Identities.PASSWORD));
    assertRefused("store", clientProperties(LOGIN, "not " + Identities.PASSWORD));
  }

  private void assertRefused(String name, Path properties) throws Exception {
    Path output = directory.resolve(name + ".out");
    Process process =
        start(output, properties, List.of("adapt", "--state-dir=" + directory.resolve(name)));
    try {
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(name).isNotZero();
    assertSilent(output, "dynadiff adapt");
  }

  private static void askRegistry() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            broker.kafka().connection().producerProperties(),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>("frames", new byte[] {1}, new byte[] {0, 0, 1, 0, 0, 2}))
          .get();
    }
  }

  /** A file that says something, but no secret. */
  private static void assertSilent(Path file, String expected) throws IOException {
    boolean found = false;
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      for (String line : (Iterable<String>) lines::iterator) {
        assertThat(line).doesNotContain(SECRETS);
        found |= line.contains(expected);
      }
    }
    assertThat(found).as("%s has a line with %s", file, expected).isTrue();
  }

  private static Path clientProperties(String login, String storePassword) throws IOException {
    Map<String, String> content = new TreeMap<>(broker.identities().client(USER, login));
    content.put("sasl.jaas.config", jaas(login));
    content.put("ssl.keystore.location", broker.identities().keyStore().toString());
    content.put("ssl.keystore.password", Identities.PASSWORD);
    content.put("ssl.key.password", Identities.PASSWORD);
    content.put("ssl.keystore.type", "PKCS12");
    content.put("ssl.truststore.password", storePassword);
    Properties properties = new Properties();
    properties.putAll(content);
    Path file = Files.createTempFile(directory, "client", ".properties");
    try (var writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    return file;
  }

  private static String jaas(String password) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
        + USER
        + "\" password=\""
        + password
        + "\";";
  }

  private static Process start(Path output, Path clientProperties, List<String> arguments)
      throws IOException {
    KafkaConnection connection = broker.connection(USER, LOGIN);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-Xmx600m"));
    command.add("-Dai.djl.offline=true");
    command.add("-Dlogback.configurationFile=" + directory.resolve("logback.xml"));
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    command.addAll(List.of("-cp", classPath, Dynadiff.class.getName()));
    command.addAll(arguments);
    command.addAll(List.of("--bootstrap-servers", connection.bootstrapServers()));
    command.addAll(List.of("--schema-registry", connection.schemaRegistryUrl()));
    command.addAll(List.of("--partitions", "2"));
    command.addAll(List.of("--bundles", directory.resolve("bundle").toString()));
    command.addAll(List.of("--client-properties", clientProperties.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("DYNADIFF_TEST_LOGIN", LOGIN);
    return builder.redirectOutput(output.toFile()).start();
  }

  private static HttpResponse<String> get(int port, String path) throws InterruptedException {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
              HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException("nobody answers yet on port " + port, e);
    }
  }
}
