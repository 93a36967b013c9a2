package io.dynadiff.tests.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.embedded.EmbeddedOptions;
import io.dynadiff.schemas.avro.Channel;
import io.dynadiff.schemas.avro.Coordinates;
import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.avro.FieldGrid;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.avro.LeadScore;
import io.dynadiff.schemas.avro.Tensor;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The files of {@code examples/connect} in a real Connect worker with Confluent's own Avro
 * converter: what is committed arrives with every field, what was aborted does not.
 */
@Tag("slow")
class ConnectExamplesTest {

  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String ENVIRONMENT = "lambda-omega/steady";

  @TempDir static Path directory;

  private static EmbeddedKafka kafka;
  private static ConnectWorker worker;

  @BeforeAll
  static void start() throws IOException {
    // One partition: when a record has arrived, so has everything sent before it.
    kafka = EmbeddedKafka.start(EmbeddedOptions.temporary(1));
    worker =
        ConnectWorker.start(
            directory,
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "offset.flush.interval.ms",
                "500",
                "listeners",
                "http://127.0.0.1:0",
                "offset.storage.file.filename",
                directory.resolve("offsets").toString()));
  }

  @AfterAll
  static void stop() {
    if (worker != null) {
      worker.close();
    }
    if (kafka != null) {
      kafka.close();
    }
  }

  @Test
  void shouldWriteEveryCommittedScoreAndNoneOfAnAbortedTransactionWhenTheFileSinkRuns()
      throws Exception {
    transaction(ForecastScore.class, "scores", true, List.of(score(1), score(2)));
    transaction(ForecastScore.class, "scores", false, List.of(score(3), score(4)));
    transaction(ForecastScore.class, "scores", true, List.of(score(5)));

    Path committed = directory.resolve("committed.txt");
    worker.create(scoresToFile(committed));
    // The same without read_committed, which shows that the aborted ones are there to be had.
    Path everything = directory.resolve("everything.txt");
    ObjectNode uncommitted = scoresToFile(everything).put("name", "uncommitted");
    ((ObjectNode) uncommitted.get("config"))
        .put("consumer.override.isolation.level", "read_uncommitted");
    worker.create(uncommitted);

    awaitLines(committed, List.of(line(1), line(2), line(5)));
    awaitLines(everything, List.of(line(1), line(2), line(3), line(4), line(5)));
  }

  @Test
  void shouldCommitEveryForecastWithItsTensorsAndNoneOfAnAbortedTransactionWhenTheIcebergSinkRuns()
      throws Exception {
    try (Admin admin = Admin.create(kafka.connection().adminProperties())) {
      admin
          .createTopics(List.of(new NewTopic("connect-iceberg-control", 1, (short) 1)))
          .all()
          .get();
    }
    transaction(Forecast.class, "forecasts", true, List.of(forecast(1), forecast(2)));
    transaction(Forecast.class, "forecasts", false, List.of(forecast(3)));
    transaction(Forecast.class, "forecasts", true, List.of(forecast(4)));

    Path warehouse = directory.resolve("warehouse");
    worker.create(
        ConnectWorker.example(
            "forecasts-to-iceberg.json",
            Map.of(
                "iceberg.catalog.warehouse",
                "file://" + warehouse,
                "iceberg.control.commit.interval-ms",
                "1000",
                "iceberg.kafka.bootstrap.servers",
                kafka.bootstrapServers(),
                "value.converter.schema.registry.url",
                kafka.schemaRegistryUrl())));

    Awaitility.await()
        .atMost(LIMIT)
        // The sink replaces the file that names the newest version.
        .ignoreException(NoSuchFileException.class)
        .untilAsserted(
            () ->
                assertThat(
                        IcebergTable.rows(warehouse.resolve("dynadiff/forecasts")).stream()
                            .map(PlainValues::of))
                    .as(worker::log)
                    .containsExactlyInAnyOrder(
                        PlainValues.of(forecast(1)),
                        PlainValues.of(forecast(2)),
                        PlainValues.of(forecast(4))));
  }

  private static ObjectNode scoresToFile(Path file) throws IOException {
    return ConnectWorker.example(
        "scores-to-file.json",
        Map.of(
            "file",
            file.toString(),
            "value.converter.schema.registry.url",
            kafka.schemaRegistryUrl()));
  }

  private static void awaitLines(Path file, List<String> expected) {
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertThat(file).as(worker::log).exists();
              assertThat(Files.readAllLines(file)).isEqualTo(expected);
            });
  }

  private static ForecastScore score(long sequence) {
    return new ForecastScore(
        "run-1",
        "lambda-omega",
        ENVIRONMENT,
        sequence,
        Instant.ofEpochMilli(1000 * sequence),
        "bundle-1",
        List.of(
            new LeadScore(
                1,
                sequence - 1,
                0L,
                List.of(0.125, 0.25),
                0.5,
                List.of(-0.125, 0.0),
                0.75,
                0.375,
                0.0625,
                1.5,
                null,
                Double.NaN,
                0.0,
                null,
                null)),
        Instant.ofEpochMilli(1000 * sequence + 3_600_000));
  }

  /** How Connect writes that score as text: absent values are left out. */
  private static String line(long sequence) {
    return ("Struct{runId=run-1,system=lambda-omega,environmentId=lambda-omega/steady,sequence=%d,"
            + "eventTime=Thu Jan 01 00:00:0%d UTC 1970,bundleId=bundle-1,"
            + "leads=[Struct{leadSteps=1,issueSequence=%d,weightsVersion=0,rmse=[0.125, 0.25],"
            + "normalisedRmse=0.5,bias=[-0.125, 0.0],ssim=0.75,crps=0.375,spread=0.0625,"
            + "spreadFactor=1.5,persistenceNormalisedRmse=NaN,skill=0.0}],"
            + "scoredAt=Thu Jan 01 01:00:0%d UTC 1970}")
        .formatted(sequence, sequence, sequence - 1, sequence);
  }

  private static Forecast forecast(long sequence) {
    float start = sequence;
    Tensor mean =
        TensorCodec.encode(
            new float[] {start, 0.1f, -0.0f, Float.MIN_VALUE, 1e30f, 6, 7, 8},
            DType.FLOAT32,
            1,
            2,
            2,
            2);
    return new Forecast(
        "run-1",
        "lambda-omega",
        ENVIRONMENT,
        sequence,
        Instant.ofEpochMilli(1001 * sequence),
        250L,
        List.of(1),
        3L,
        "5ba5",
        "bundle-1",
        new FieldGrid(2, 2, 0.0, 0.5, 0.25, 0.125, "m", Coordinates.PLANE, true),
        List.of(new Channel("u", "1"), new Channel("v", "1")),
        4,
        mean,
        mean,
        List.of(1.25),
        null,
        null,
        Instant.ofEpochMilli(1_700_000_000_123L),
        Instant.ofEpochMilli(1_700_000_000_456L));
  }

  private static <T extends SpecificRecord> void transaction(
      Class<T> type, String topic, boolean commit, List<T> values) {
    KafkaConnection connection = kafka.connection();
    Properties properties = connection.producerProperties();
    properties.put("transactional.id", "connect-examples");
    try (KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
        Serializer<T> serializer = connection.serdes().serializer(type)) {
      producer.initTransactions();
      producer.beginTransaction();
      for (T value : values) {
        producer.send(new ProducerRecord<>(topic, ENVIRONMENT, serializer.serialize(topic, value)));
      }
      // An aborted transaction proves something only if its records have reached the topic.
      producer.flush();
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }
}
