package io.dynadiff.streams.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.avro.EnsembleMember;
import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.avro.Normalisation;
import io.dynadiff.schemas.avro.RequestReason;
import io.dynadiff.schemas.avro.SamplerSettings;
import io.dynadiff.schemas.avro.Tensor;
import io.dynadiff.schemas.serde.AvroSerdes;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.streams.Samples;
import io.dynadiff.streams.systems.ServedSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class WeightsInboxTest {

  private final AvroSerdes serdes = AvroSerdes.of("mock://weights-inbox");
  private final WeightsInbox inbox =
      new WeightsInbox(serdes.deserializer(ExpertWeights.class), Samples.systems());
  private long offset;

  @Test
  void shouldHoldWeightsWhenTheyAreValid() {
    offer("e", record("e", 1, 0.5f));
    assertThat(inbox.newest("e"))
        .hasValueSatisfying(
            challenger -> {
              assertThat(challenger.version()).isEqualTo(1);
              assertThat(challenger.members().get(0)).startsWith(0.5f);
              assertThat(challenger.bundleId()).isEqualTo("bundle-1");
              assertThat(challenger.windowCompletedAtMillis()).isEqualTo(1234);
            });
    assertThat(inbox.refusals("e")).isEmpty();
    assertThat(inbox.changes()).isEqualTo(1);
  }

  @Test
  void shouldHoldTheNewestWhenThereAreSeveral() {
    offer("e", record("e", 1, 0.5f));
    offer("e", record("e", 2, 0.6f));
    assertThat(inbox.newest("e").orElseThrow().version()).isEqualTo(2);
  }

  @Test
  void shouldRefuseWhenTheVersionIsOlder() {
    offer("e", record("e", 2, 0.5f));
    offer("e", record("e", 1, 0.6f));
    assertThat(inbox.newest("e").orElseThrow().version()).isEqualTo(2);
    assertThat(onlyRefusal()).isEqualTo("expected a version above 2, found 1");
  }

  @Test
  void shouldRefuseWhenAVersionComesWithOtherWeights() {
    offer("e", record("e", 1, 0.5f));
    offer("e", record("e", 1, 0.6f));
    assertThat(onlyRefusal()).isEqualTo("expected a version above 1, found 1");
  }

  @Test
  void shouldIgnoreWhenTheSameWeightsComeAgain() {
    offer("e", record("e", 1, 0.5f));
    offer("e", record("e", 1, 0.5f));
    assertThat(inbox.refusals("e")).isEmpty();
    assertThat(inbox.changes()).isEqualTo(1);
  }

  @Test
  void shouldRefuseWhenABitHasFlipped() {
    ExpertWeights record = record("e", 1, 0.5f);
    ByteBuffer data = record.getWeights().getData();
    data.put(9, (byte) (data.get(9) ^ 1));
    offer("e", record);
    assertThat(onlyRefusal()).startsWith("expected SHA-256 " + record.getWeightsId());
    assertThat(inbox.newest("e")).isEmpty();
  }

  @Test
  void shouldRefuseWhenAWeightIsNotFinite() {
    offer("e", record("e", 1, Float.NaN));
    assertThat(onlyRefusal()).isEqualTo("expected finite weights, found NaN at index 0");
  }

  @Test
  void shouldHoldEveryMemberWhenTheExpertIsAnEnsemble() {
    offer("e", ensemble("e", 1, DType.FLOAT16, 0.5f, 0.25f, 2f));
    assertThat(inbox.newest("e").orElseThrow().members())
        .extracting(weights -> weights[0])
        .containsExactly(0.5f, 0.25f, 2f);
  }

  @Test
  void shouldRefuseWhenAFurtherMemberIsNotFinite() {
    offer("e", ensemble("e", 1, DType.FLOAT32, 0.5f, Float.POSITIVE_INFINITY));
    assertThat(onlyRefusal())
        .isEqualTo("member 2: expected finite weights, found Infinity at index 0");
    assertThat(inbox.newest("e")).isEmpty();
  }

  @Test
  void shouldRefuseWhenABitOfAFurtherMemberHasFlipped() {
    ExpertWeights record = ensemble("e", 1, DType.FLOAT32, 0.5f, 0.6f, 0.7f);
    ByteBuffer data = record.getMembers().get(1).getWeights().getData();
    data.put(9, (byte) (data.get(9) ^ 1));
    offer("e", record);
    assertThat(onlyRefusal()).startsWith("member 3: expected SHA-256 ");
  }

  @Test
  void shouldRefuseWhenAFurtherMemberIsOfAnotherArchitecture() {
    ExpertWeights record = ensemble("e", 1, DType.FLOAT32, 0.5f, 0.6f);
    Tensor shorter = TensorCodec.encode(new float[3], DType.FLOAT32, 3);
    record.getMembers().get(0).setWeights(shorter);
    record.getMembers().get(0).setWeightsId(WeightsId.of(shorter.getData()));
    offer("e", record);
    assertThat(onlyRefusal())
        .startsWith("member 2: expected a tensor of shape [")
        .endsWith("found [3]");
  }

  @Test
  void shouldRefuseWhenAVersionComesWithAnotherFurtherMember() {
    offer("e", ensemble("e", 1, DType.FLOAT32, 0.5f, 0.6f));
    offer("e", ensemble("e", 1, DType.FLOAT32, 0.5f, 0.6f));
    assertThat(inbox.refusals("e")).isEmpty();
    offer("e", ensemble("e", 1, DType.FLOAT32, 0.5f, 0.7f));
    assertThat(onlyRefusal()).isEqualTo("expected a version above 1, found 1");
  }

  @Test
  void shouldRefuseWhenAnOlderVersionIsAnEnsemble() {
    offer("e", record("e", 2, 0.5f));
    offer("e", ensemble("e", 1, DType.FLOAT32, 0.5f, 0.6f));
    assertThat(onlyRefusal()).isEqualTo("expected a version above 2, found 1");
  }

  @Test
  void shouldRefuseWhenTheBundleIsAnother() {
    ExpertWeights record = record("e", 1, 0.5f);
    record.setBundleId("bundle-0");
    offer("e", record);
    assertThat(onlyRefusal()).isEqualTo("expected weights of bundle bundle-1, found bundle-0");
  }

  @Test
  void shouldRefuseWhenTheArchitectureIsAnother() {
    ExpertWeights record = record("e", 1, 0.5f);
    record.setExpertSpec("{}");
    offer("e", record);
    assertThat(onlyRefusal()).startsWith("expected expert {").endsWith("found {}");
  }

  @Test
  void shouldRefuseWhenTheNormalisationIsAnother() {
    ExpertWeights record = record("e", 1, 0.5f);
    record.setNormalisation(new Normalisation(List.of(0.0, 0.0), List.of(1.0, 2.0)));
    offer("e", record);
    assertThat(onlyRefusal()).startsWith("expected normalisation with");
  }

  @Test
  void shouldRefuseWhenThereAreTooFewWeights() {
    ExpertWeights record = record("e", 1, 0.5f);
    Tensor shorter = TensorCodec.encode(new float[3], DType.FLOAT32, 3);
    record.setWeights(shorter);
    record.setWeightsId(WeightsId.of(shorter.getData()));
    offer("e", record);
    assertThat(onlyRefusal()).startsWith("expected a tensor of shape [").endsWith("found [3]");
  }

  @Test
  void shouldRefuseWhenTheTensorIsCutOff() {
    ExpertWeights record = record("e", 1, 0.5f);
    ByteBuffer half = ByteBuffer.allocate(8);
    record.getWeights().setData(half);
    record.setWeightsId(WeightsId.of(half));
    offer("e", record);
    assertThat(onlyRefusal()).contains("found 8");
  }

  @Test
  void shouldRefuseWhenTheKeyIsAnotherEnvironment() {
    offer("e", record("f", 1, 0.5f));
    assertThat(onlyRefusal())
        .isEqualTo("expected the record key to be environmentId \"f\", found \"e\"");
  }

  @Test
  void shouldRefuseWhenTheBytesAreGarbage() {
    inbox.offer(new ConsumerRecord<>("weights", 0, 3, "e", new byte[] {1, 2, 3}));
    assertThat(inbox.refusals("e").get(0).version()).isNull();
    assertThat(inbox.refusals("e").get(0).offset()).isEqualTo(3);
  }

  @Test
  void shouldOfferNothingWhenTheWeightsAreDeleted() {
    offer("e", record("e", 1, 0.5f));
    inbox.offer(new ConsumerRecord<>("weights", 0, offset++, "e", null));
    assertThat(inbox.newest("e")).isEmpty();
  }

  @Test
  void shouldNotJudgeWhenTheRegistryDoesNotAnswer() {
    WeightsInbox unreachable =
        new WeightsInbox(
            (topic, bytes) -> {
              throw new SerializationException("no answer", new IOException("refused"));
            },
            Samples.systems());
    assertThatThrownBy(
            () -> unreachable.offer(new ConsumerRecord<>("weights", 0, 0, "e", new byte[9])))
        .isInstanceOf(SerializationException.class);
    assertThat(unreachable.refusals("e")).isEmpty();
  }

  private String onlyRefusal() {
    assertThat(inbox.refusals("e")).hasSize(1);
    return inbox.refusals("e").get(0).reason();
  }

  private void offer(String key, ExpertWeights record) {
    byte[] bytes = serdes.serializer(ExpertWeights.class).serialize("weights", record);
    inbox.offer(new ConsumerRecord<>("weights", 0, offset++, key, bytes));
  }

  private static ExpertWeights ensemble(
      String environmentId, long version, DType dtype, float... firsts) {
    List<EnsembleMember> members = new ArrayList<>();
    for (float first : firsts) {
      float[] weights = Samples.weights(first);
      Tensor tensor = TensorCodec.encode(weights, dtype, weights.length);
      members.add(new EnsembleMember(WeightsId.of(tensor.getData()), tensor, 0.1));
    }
    ExpertWeights record = record(environmentId, version, firsts[0]);
    record.setWeightsId(members.get(0).getWeightsId());
    record.setWeights(members.get(0).getWeights());
    record.setMembers(List.copyOf(members.subList(1, members.size())));
    return record;
  }

  private static ExpertWeights record(String environmentId, long version, float first) {
    ServedSystem served = Samples.system();
    float[] weights = Samples.weights(first);
    Tensor tensor = TensorCodec.encode(weights, DType.FLOAT32, weights.length);
    return ExpertWeights.newBuilder()
        .setRunId("run-1")
        .setSystem(Samples.SYSTEM)
        .setEnvironmentId(environmentId)
        .setWeightsVersion(version)
        .setWeightsId(WeightsId.of(tensor.getData()))
        .setBundleId(served.bundleId())
        .setExpertSpec(served.expertSpec().toJson())
        .setWeights(tensor)
        .setNormalisation(new Normalisation(List.of(0.0, 0.0), List.of(1.0, 1.0)))
        .setReason(RequestReason.FIRST_WINDOW)
        .setFirstSequence(0)
        .setLastSequence(2)
        .setInferredConditions(List.of())
        .setWindowScore(0.1)
        .setCandidateScores(List.of(0.1))
        .setSampler(new SamplerSettings("test", 1, 1.0, 1, 1L))
        .setTimingsMs(Map.of())
        .setWindowCompletedAt(Instant.ofEpochMilli(1234))
        .setGeneratedAt(Instant.ofEpochMilli(2345))
        .build();
  }
}
