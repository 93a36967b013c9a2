package io.dynadiff.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dynadiff.models.bundle.UntrainedBundle;
import io.dynadiff.streams.config.OnlineConfiguration;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What stands in the way of a start, and what a role says of it. */
@Tag("slow")
class StartOfRolesTest {

  private final StringWriter err = new StringWriter();
  @TempDir private Path directory;

  @BeforeEach
  void bundle() throws Exception {
    UntrainedBundle.write(directory.resolve("bundle"), Samples.SYSTEM, TestBroker.SHAPE, 1);
  }

  @Test
  void shouldEndAndNameTheAddressWhenNoBrokerAnswers() {
    int status =
        verify(
            "localhost:9",
            "http://localhost:9",
            "kafka.client.request.timeout.ms=1000",
            "kafka.client.default.api.timeout.ms=2000");
    assertThat(status).as(err.toString()).isEqualTo(1);
    assertThat(err.toString())
        .contains(
            "Kafka at localhost:9: the topics could not be checked",
            "check the address and that a broker runs there")
        .doesNotContain("\tat ");
  }

  @Test
  void shouldRefuseAndSayWhyWhenKafkasClientsDoNotTakeTheirSettings() {
    int status =
        verify("localhost:9", "http://localhost:9", "kafka.client.default.api.timeout.ms=2000");
    assertThat(status).as(err.toString()).isEqualTo(2);
    assertThat(err.toString())
        .contains("default.api.timeout.ms must be no smaller than", "Correct the settings")
        .doesNotContain("\tat ");
  }

  @Test
  void shouldRefuseTheStateDirectoryOfAProcessThatRuns() throws IOException {
    try (TestBroker broker = new TestBroker();
        OnlineRoles running =
            OnlineRoles.of(
                OnlineConfiguration.of(
                    broker.kafka().connection(),
                    broker.kafka().topics(),
                    directory.resolve("state"),
                    List.of(directory.resolve("bundle"))),
                List.of("verify"))) {
      running.start();
      await().atMost(Duration.ofMinutes(2)).until(running::ready);
      int status = verify(broker.kafka().bootstrapServers(), broker.kafka().schemaRegistryUrl());
      assertThat(status).as(err.toString()).isEqualTo(2);
      assertThat(err.toString())
          .contains(
              directory.resolve("state") + ": expected a state directory of its own",
              "another process keeps the state of dynadiff-verify",
              "give another --state-dir");
      assertThat(running.failure()).isEmpty();
    }
    assertThat(Files.exists(directory.resolve("state"))).isTrue();
  }

  private int verify(String broker, String registry, String... settings) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--bootstrap-servers=" + broker,
                "--schema-registry=" + registry,
                "--state-dir=" + directory.resolve("state"),
                "--bundles=" + directory.resolve("bundle")));
    for (String setting : settings) {
      arguments.add("--set=" + setting);
    }
    return new CommandLine(new RolesCommand.Verify())
        .setErr(new PrintWriter(err, true))
        .execute(arguments.toArray(String[]::new));
  }
}
