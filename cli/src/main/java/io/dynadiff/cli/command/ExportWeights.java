package io.dynadiff.cli.command;

import io.dynadiff.cli.export.ExportedExpert;
import io.dynadiff.commands.CommandReport;
import io.dynadiff.commands.KafkaOptions;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.streams.weights.WeightsId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dynadiff weights export}: the newest sound expert of an environment as safetensors. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Write the newest sound expert of an environment as safetensors, with a reference frame and"
          + " what the expert makes of it beside it. Of an ensemble it is the best member.",
    },
    footer = {
      "",
      "Example:",
      "  dynadiff weights export lambda-omega/steady --output expert.safetensors"
    })
final class ExportWeights implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ENVIRONMENT", description = "The environment's id.")
  private String environmentId;

  @Option(names = "--output", paramLabel = "FILE", required = true, description = "The file.")
  private Path output;

  @Mixin private KafkaOptions kafka;

  /** The newest sound record, and what was wrong with the last one that was not. */
  private static final class Newest {
    private ExpertWeights record;
    private ExportedExpert expert;
    private String objection;
  }

  @Override
  public Integer call() {
    try {
      KafkaConnection connection = kafka.connection();
      KafkaOptions.expect(connection, kafka.topics(), Topic.WEIGHTS);
      String topic = kafka.topics().name(Topic.WEIGHTS);
      Newest newest = new Newest();
      TreeSet<String> known = new TreeSet<>();
      WholeTopic.read(
          connection,
          topic,
          ExpertWeights.class,
          (key, record) -> {
            known.add(key);
            if (key.equals(environmentId)) {
              take(newest, record);
            }
          });
      if (newest.expert == null) {
        throw new IllegalArgumentException(
            "topic "
                + topic
                + ": expected weights of "
                + environmentId
                + ", found "
                + (newest.objection == null ? "those of " + known : newest.objection));
      }
      return write(spec, newest.expert, output);
    } catch (IllegalArgumentException e) {
      return CommandReport.report(spec, e, CommandReport.REFUSED);
    } catch (KafkaException e) {
      return CommandReport.report(spec, e, CommandReport.FAILED);
    }
  }

  private static void take(Newest newest, ExpertWeights record) {
    if (record == null) {
      newest.record = null;
      newest.expert = null;
      return;
    }
    if (newest.record != null && record.getWeightsVersion() <= newest.record.getWeightsVersion()) {
      return;
    }
    try {
      newest.expert = expert(record);
      newest.record = record;
    } catch (IllegalArgumentException e) {
      newest.objection = "version " + record.getWeightsVersion() + ": " + e.getMessage();
    }
  }

  /**
   * The expert of a record.
   *
   * @throws IllegalArgumentException if the record contradicts itself or holds a value that is not
   *     finite
   */
  static ExportedExpert expert(ExpertWeights record) {
    String id = WeightsId.of(record.getWeights().getData());
    if (!id.equals(record.getWeightsId())) {
      throw new IllegalArgumentException(
          "expected SHA-256 " + record.getWeightsId() + ", found " + id);
    }
    float[] weights = TensorCodec.decode(record.getWeights());
    for (int i = 0; i < weights.length; i++) {
      if (!Float.isFinite(weights[i])) {
        throw new IllegalArgumentException(
            "expected finite weights, found " + weights[i] + " at index " + i);
      }
    }
    return new ExportedExpert(
        ExpertSpec.fromJson(record.getExpertSpec()),
        new FieldNormalisation(
            doubles(record.getNormalisation().getOffsets()),
            doubles(record.getNormalisation().getScales())),
        weights,
        Map.of(
            "environmentId", record.getEnvironmentId(),
            "system", record.getSystem(),
            "runId", record.getRunId(),
            "weightsVersion", Long.toString(record.getWeightsVersion()),
            "weightsId", id,
            "bundleId", record.getBundleId(),
            "windowScore", Double.toString(record.getWindowScore()),
            "generatedAt", record.getGeneratedAt().toString()));
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Writes an expert and its reference, and says where; returns the exit code. */
  static int write(CommandSpec spec, ExportedExpert expert, Path file) {
    Path reference = ExportedExpert.referenceOf(file);
    try {
      expert.write(file);
      expert.writeReference(reference);
    } catch (IOException e) {
      return CommandReport.report(
          spec,
          new IOException(file + " cannot be written: " + e + "; check that the folder exists", e),
          CommandReport.FAILED);
    }
    spec.commandLine()
        .getOut()
        .println(
            "wrote "
                + file
                + ", "
                + expert.weights().length
                + " weights of version "
                + expert.lineage().get("weightsVersion")
                + ", and "
                + reference);
    spec.commandLine().getOut().flush();
    return CommandReport.DONE;
  }
}
