package io.dynadiff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What people get wrong in configuration and arguments: one line that says what was expected, what
 * was found and what to do, and the exit code of the documentation. No broker is there.
 *
 * <p>In the tables {@code DIR} is an empty directory, {@code FILE} a file with the text beside, in
 * which {@code /} ends a line; {@code ~} separates what the message must hold.
 */
class UserErrorsTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "forecast:/  trial-frame: 3|FILE:2: expected the name of a setting~found"
            + " forecast.trial-frame;~did you mean forecast.trial-frames?",
        "forcast:/  trial-frames: 3|FILE:2:~found forcast.trial-frames;~did you mean"
            + " forecast.trial-frames?",
        "adapt:/  grace-time: 5|FILE:2:~found adapt.grace-time;~did you mean adapt.grace-time-ms?",
        "forecast: 5|FILE:1:~found forecast;~it is a section with forecast.drain-interval-ms",
        "forecast:/  members:/    all: true|FILE:~expected a value for forecast.members, found a"
            + " section~correct",
        "forecast:/  members:|FILE:2: forecast.members: expected one of true, false~found"
            + " \"\"~correct",
        "forecast:/  members: true/  members: false|FILE:3: expected YAML~every name stands"
            + " once~'members'~correct",
        "forecast:/\tmembers: true|FILE:2: expected YAML~found~correct",
        "forecast: [|FILE:~expected~found~correct",
        "- forecast|FILE:1: expected sections~found~correct",
        "forecast|FILE:1: expected sections~found \"forecast\"~correct",
        "streams:/  threads: 2/---/streams:/  threads: 3|FILE:~expected one document, found a"
            + " second one~correct",
        "bundles: [{a: b}]|FILE:1: expected a list of texts for bundles~found~correct",
        "adapt:/  grace-time-ms: 5s|FILE:2: adapt.grace-time-ms: expected a whole number of"
            + " milliseconds, at least 1~found \"5s\"~correct it, or leave it out for the default"
            + " 5000",
        "streams:/  threads: 1.5|FILE:2: streams.threads: expected a whole number~found"
            + " \"1.5\"~default 1",
        "streams:/  threads: -1|FILE:2: streams.threads: expected a whole number, at least 1~found"
            + " \"-1\"~correct",
        "streams:/  threads: 3000000000|FILE:2: streams.threads~at most 2147483647~found"
            + " \"3000000000\"~correct",
        "metrics:/  port: 70000|FILE:2: metrics.port~at most 65535~found \"70000\"~correct",
        "forecast:/  swap-margin: some|FILE:2: forecast.swap-margin: expected a number, at least"
            + " 0~found \"some\"~correct",
        "forecast:/  swap-margin: .nan|FILE:2: forecast.swap-margin: expected a number~found"
            + " \".nan\"~correct",
        "adapt:/  shift:/    adaptation: 2|FILE:3: adapt.shift.adaptation: expected a number, at"
            + " least 0 and at most 1~found \"2\"~correct",
        "adapt:/  adwin:/    confidence: 0|FILE:3: adapt.adwin.confidence: expected a number, above"
            + " 0 and below 1~found \"0\"~correct",
        "adapt:/  detector: oracle|FILE:2: adapt.detector: expected one of cusum, page-hinkley,"
            + " adwin~found \"oracle\"~correct",
        "generate:/  device: tpu|FILE:2: generate.device: expected one of cpu, gpu~found"
            + " \"tpu\"~correct",
        "generate:/  follow-bundles: yes|FILE:2: generate.follow-bundles: expected one of true,"
            + " false~found \"yes\"~correct",
        "kafka:/  client:/    sasl.jaas.config: ${env:DYNADIFF_IS_NOT_SET}|FILE:3:"
            + " kafka.client.sasl.jaas.config: expected every environment variable~found one that"
            + " is not~export it",
        "kafka:/  bootstrap-servers: broker|FILE:2: kafka.bootstrap-servers: expected brokers as"
            + " HOST:PORT~found \"broker\"~localhost:9092",
        "kafka:/  bootstrap-servers: []|FILE:2: kafka.bootstrap-servers: expected at least one"
            + " text~found \"\"~default localhost:9092",
        "kafka:/  topic-prefix: a b|FILE:2: kafka.topic-prefix: expected up to 100 letters~found"
            + " \"a b\"~correct",
      })
  void shouldExplainWhatIsWrongInAFileOfSettings(String text, String expected) throws IOException {
    Path file = directory.resolve("roles.yaml");
    Files.writeString(file, text.replace("/", "\n"));
    refused("config show --config " + file, expected.replace("FILE", file.toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "config show --config DIR/none.yaml|DIR/none.yaml: expected a YAML file with settings,"
            + " found none; check the path",
        "config show --config DIR|DIR: expected a YAML file with settings, found one that cannot be"
            + " read~check",
        "config show --set forecast.trial-frame=3|--set: expected the name of a setting~found"
            + " forecast.trial-frame;~did you mean forecast.trial-frames?",
        "config show --set forecast.trial-frames=x|--set: forecast.trial-frames: expected a whole"
            + " number of frames~found \"x\"~default 40",
        "config show --set forecast.trial-frames|KEY=VALUE~forecast.trial-frames~--help",
        "config show --set forecast.trial-frames=7|expected at least forecast.rollback.frames~or 0"
            + " for~found 7",
        "config show --set verify.forecast-wait-ms=225|verify.forecast-wait-ms: expected more than"
            + " forecast.drain-interval-ms~found 225",
        "config show --bootstrap-servers localhost|--bootstrap-servers: kafka.bootstrap-servers:"
            + " expected brokers as HOST:PORT~found \"localhost\"~write",
        "config show --schema-registry localhost:8081|--schema-registry: kafka.schema-registry:"
            + " expected the Schema Registry as http://HOST:PORT~found \"localhost:8081\"~write",
        "config show --partitions 0|--partitions: kafka.partitions: expected a whole number, at"
            + " least 1~found \"0\"~correct",
        "config show --partitions many|--partitions~'many' is not an int~--help",
        "config show --metrics-port -1|--metrics-port: metrics.port~at least 0~found"
            + " \"-1\"~correct",
        "config show --client-properties DIR/none|DIR/none: expected a file of client properties,"
            + " found none; check the path",
        "config show --set kafka.client.acks=0|acks~may not be set~remove it",
        "adapt --config DIR/none.yaml|dynadiff adapt: DIR/none.yaml: expected a YAML file~found"
            + " none~check",
        "forecast --bundles DIR|DIR: expected a bundle~found neither~give --bundles",
        "run --topic-prefix a/b|--topic-prefix: kafka.topic-prefix: expected up to 100"
            + " letters~found \"a/b\"~correct",
        "topics create --bootstrap-servers nowhere|--bootstrap-servers: expected brokers as"
            + " HOST:PORT~found \"nowhere\"~write",
        "topics create --bootstrap-servers localhost:99999|--bootstrap-servers: expected brokers as"
            + " HOST:PORT~found \"localhost:99999\"~write",
        "topics create --topic-prefix a/b|--topic-prefix: expected up to 100 letters~found"
            + " \"a/b\"~correct",
        "topics create --partitions 0|--partitions: expected at least 1, found 0~correct",
        "topics create --replication-factor -3|--replication-factor: expected at least 1, found"
            + " -3~correct",
        "topics acls --party generate|--principal~Missing required option~--help",
        "topics acls --party nobody --principal User:a|--party~GENERATE~'nobody'~--help",
        "weights list --schema-registry nowhere|--schema-registry: expected the Schema"
            + " Registry~found \"nowhere\"~write",
        "weights pin|ENVIRONMENT~Missing required parameter~--help",
        "weights export e|--output~Missing required option~--help",
        "weights list --client-properties DIR/none|DIR/none: expected a file of client properties,"
            + " found none; check the path",
        "topics check --partitions 0|--partitions: expected at least 1, found 0; correct it",
        "topics check --bootstrap-servers nowhere|--bootstrap-servers: expected brokers as"
            + " HOST:PORT~found \"nowhere\"~write",
        "topics chekc|'chekc'~did you mean check?~--help",
        "forecasts|Missing command: tail, export or draw~--help",
        "forecasts tail --count -1|--count: expected at least 0, found -1; correct it",
        "forecasts tail --count few|--count~'few' is not an int~--help",
        "forecasts tail --flolow|'--flolow'~did you mean --follow?~--help",
        "forecasts tail --topic-prefix a/b|--topic-prefix: expected up to 100 letters~found"
            + " \"a/b\"~correct",
        "forecasts export --output DIR/a.nc|Missing required parameter~ENVIRONMENT~--help",
        "forecasts export e|Missing required option~--output~--help",
        "bundle publish DIR/none|DIR/none~expected~found",
        "bundle publish ../bundles/lambda-omega --location srv/bundles|--location: expected the URI"
            + " of a directory, such as file:///srv/bundles/a~found \"srv/bundles\"~correct",
        "bundle publish ../bundles/lambda-omega --location file:///a%|--location: expected the URI"
            + " of a directory~found \"file:///a%\"~correct",
        "bundle export DIR/none --output DIR/a|DIR/none~expected~found",
        "simulate weather|'weather'~expected one of lambda-omega~--help",
        "simulate lambda-omega --frames many|--frames~'many' is not a long~--help",
        "simulate kolmogorov-flow --schedule 0:reynolds=-50|reynolds~greater than 0~found -50.0",
        "simulate lambda-omega --bootstrap-servers nowhere|--bootstrap-servers: expected brokers as"
            + " HOST:PORT~found \"nowhere\"~write",
        "replay|Missing required parameter~'FILE'~--help",
        "train weather|weather~expected~lambda-omega",
        "evaluate weather|weather~expected~lambda-omega",
        "bundle verify DIR/none|DIR/none~expected~found",
        "bundle inspect DIR|DIR~expected~found",
        "trajectories list DIR|DIR: expected trajectories, found a directory without any~dynadiff"
            + " trajectories write",
        "demo --duration soon|--duration~expected a duration like 90s~found 'soon'~--help",
        "completion fish|expected one of~BASH~'fish'~--help",
        "--log-level loud demo|--log-level~'loud'~--help",
        "wights list|'wights'~did you mean weights?~--help",
        "run --bundle DIR|'--bundle'~did you mean --bundles?~--help",
      })
  void shouldExplainWhatIsWrongInArguments(String arguments, String expected) {
    refused(
        arguments.replace("DIR", directory.toString()),
        expected.replace("DIR", directory.toString()));
  }

  @ParameterizedTest
  @CsvSource({"broker --registry-port 0 --broker-port"})
  void shouldExplainWhenAPortIsInUse(String arguments) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      refused(
          arguments + " " + taken.getLocalPort(),
          "Port " + taken.getLocalPort() + "~taken~choose another");
    }
  }

  @ParameterizedTest
  @CsvSource({"UTF-8"})
  void shouldExplainWhenAFileOfSettingsIsNoText(String expected) throws IOException {
    Path file = directory.resolve("roles.yaml");
    Files.write(file, "streams:\n  threads: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
    refused("config show --config " + file, file + ": expected YAML in " + expected + "~check");
  }

  private static void refused(String arguments, String expected) {
    StringWriter err = new StringWriter();
    StringWriter out = new StringWriter();
    int code =
        Dynadiff.commandLine()
            .setErr(new PrintWriter(err, true))
            .setOut(new PrintWriter(out, true))
            .execute(arguments.split(" "));
    assertThat(err.toString().lines()).singleElement().asString().startsWith("dynadiff");
    assertThat(err.toString()).contains(Arrays.asList(expected.split("~")));
    assertThat(out.toString()).as("standard output").isEmpty();
    assertThat(code).as(err.toString()).isEqualTo(2);
  }
}
