package io.dynadiff.cli.bench.online;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Kafka's own performance tools with their default settings, as programs of their own on this
 * machine: what a broker gives to those who do nothing with the records.
 */
final class StockTools {

  private static final Pattern SENT =
      Pattern.compile("\\d+(?: steady state)? records sent, ([0-9.]+) records/sec .*99\\.9th.*");

  private final String bootstrapServers;

  StockTools(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Writes random records.
   *
   * @param warmUp how many of them do not count
   * @return records per second
   */
  double produce(String topic, long records, long warmUp, int recordBytes)
      throws IOException, InterruptedException {
    return producerRate(
        run(
            "ProducerPerformance",
            "--topic",
            topic,
            "--num-records",
            Long.toString(records),
            "--record-size",
            Integer.toString(recordBytes),
            "--throughput",
            "-1",
            "--warmup-records",
            Long.toString(warmUp)));
  }

  /**
   * Reads that many records from the topic's beginning.
   *
   * @return records per second, without the time to join its group
   */
  double consume(String topic, long records) throws IOException, InterruptedException {
    return consumerRate(
        run(
            "ConsumerPerformance",
            "--topic",
            topic,
            "--num-records",
            Long.toString(records),
            "--timeout",
            "60000"));
  }

  /** What the producer's last summary says; the one without the warm-up comes last. */
  static double producerRate(List<String> lines) {
    double rate = Double.NaN;
    for (String line : lines) {
      Matcher summary = SENT.matcher(line);
      if (summary.matches()) {
        rate = Double.parseDouble(summary.group(1));
      }
    }
    return found(rate, "a summary \"... records sent, N records/sec ...\"", lines);
  }

  /** What the consumer's only row says under the name of the column. */
  static double consumerRate(List<String> lines) {
    double rate = Double.NaN;
    for (int i = 0; i + 1 < lines.size(); i++) {
      int column = columns(lines.get(i)).indexOf("fetch.nMsg.sec");
      List<String> row = columns(lines.get(i + 1));
      if (column >= 0 && column < row.size()) {
        rate = Double.parseDouble(row.get(column));
      }
    }
    return found(rate, "a column fetch.nMsg.sec with a number below", lines);
  }

  private static List<String> columns(String line) {
    return Stream.of(line.split(",")).map(String::strip).toList();
  }

  private static double found(double rate, String expected, List<String> lines) {
    if (Double.isNaN(rate)) {
      throw new IllegalStateException(
          "performance tool: expected "
              + expected
              + ", found: "
              + String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size())));
    }
    return rate;
  }

  private List<String> run(String tool, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    // Rates are printed with the separators of the language.
    command.addAll(List.of("-Duser.language=en", "-Duser.country=US", "-Xmx512m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("org.apache.kafka.tools." + tool);
    command.addAll(List.of("--bootstrap-server", bootstrapServers));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    // What ends this JVM must not leave the tool behind.
    Thread killer = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(killer);
    try {
      List<String> lines =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .toList();
      int status = process.waitFor();
      if (status != 0) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "%s: expected status 0, found %d: %s",
                tool,
                status,
                String.join(" | ", lines)));
      }
      return lines;
    } finally {
      process.destroyForcibly();
      removeHook(killer);
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down: the hook has done its work.
    }
  }
}
