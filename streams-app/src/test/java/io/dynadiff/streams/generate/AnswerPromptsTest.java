package io.dynadiff.streams.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.models.device.ComputeDevice;
import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.avro.PromptRequest;
import io.dynadiff.schemas.avro.Tensor;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.streams.Samples;
import io.dynadiff.streams.generate.AnswerPrompts.Answers;
import io.dynadiff.streams.weights.WeightsId;
import io.dynadiff.streams.weights.WeightsValidation;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerPromptsTest {

  private final MeanGenerator.Log log = new MeanGenerator.Log();
  private final AnswerPrompts answerer = answerer(GenerateSettings.DEFAULT);

  @Test
  void shouldAnswerWithFullLineageWhenAWindowIsSound() {
    PromptRequest request = Requests.request("e", 1);
    Answers answers = answerer.answer(List.of(request));
    ExpertWeights weights = answers.weights().get(0);
    assertThat(weights.getEnvironmentId()).isEqualTo("e");
    assertThat(weights.getWeightsVersion()).isEqualTo(1);
    assertThat(weights.getBundleId()).isEqualTo("bundle-1");
    assertThat(weights.getWeightsId()).isEqualTo(WeightsId.of(weights.getWeights().getData()));
    assertThat(weights.getSampler().getSeed()).isEqualTo(request.getSeed());
    assertThat(weights.getWindowCompletedAt()).isEqualTo(request.getWindowCompletedAt());
    assertThat(weights.getFirstSequence()).isZero();
    assertThat(weights.getLastSequence()).isEqualTo(2);
    assertThat(weights.getInferredConditions().get(0).getName()).isEqualTo("beta");
    assertThat(weights.getTimingsMs()).containsKeys("prompt", "sampling", "decoding", "selection");
    assertThat(new WeightsValidation(Samples.systems()).objection("e", weights, 0)).isEmpty();
    assertThat(answers.decisions())
        .extracting(Adaptation::getDecision)
        .containsExactly(Decision.GENERATED);
    assertThat(answers.decisions().get(0).getNumbers())
        .containsKeys("windowScore", "inferred.beta", "sampling", "sinceWindowMs");
  }

  @Test
  void shouldPublishEveryMemberWhenTheGeneratorKeepsSeveral() {
    AnswerPrompts halves =
        answerer(new GenerateSettings(256, 1 << 20, 0, DType.FLOAT16, true, ComputeDevice.CPU));
    ExpertWeights weights = halves.answer(List.of(Requests.request("e", 1))).weights().get(0);
    assertThat(weights.getMembers()).hasSize(1);
    assertThat(weights.getWeights().getDtype()).isEqualTo(DType.FLOAT16);
    assertThat(TensorCodec.decode(weights.getMembers().get(0).getWeights())).startsWith(0.5f);
    assertThat(weights.getWindowScore()).isEqualTo(0.1);
    assertThat(weights.getMembers().get(0).getWindowScore()).isEqualTo(0.2);
    assertThat(new WeightsValidation(Samples.systems()).objection("e", weights, 0)).isEmpty();
  }

  @Test
  void shouldGiveTheSameBytesWhenTheRequestIsTheSame() {
    Tensor first = answerer.answer(List.of(Requests.request("e", 1))).weights().get(0).getWeights();
    Tensor again = answerer.answer(List.of(Requests.request("e", 1))).weights().get(0).getWeights();
    assertThat(again).isEqualTo(first);
  }

  @Test
  void shouldAnswerTheNewestOnlyWhenAnEnvironmentAsksTwice() {
    Answers answers =
        answerer.answer(
            List.of(
                Requests.request("e", 1),
                Requests.request("f", 1),
                Requests.request("e", 3),
                Requests.request("e", 2)));
    assertThat(answers.weights())
        .extracting(w -> w.getEnvironmentId() + w.getWeightsVersion())
        .containsExactlyInAnyOrder("e3", "f1");
    assertThat(answers.decisions())
        .filteredOn(decision -> decision.getDecision() == Decision.REFUSED)
        .extracting(d -> d.getWeightsVersion() + " " + d.getReason())
        .containsExactly("1 superseded by request run-1/e/3", "2 superseded by request run-1/e/3");
  }

  @Test
  void shouldGenerateInOneBatchWhenSeveralEnvironmentsWait() {
    answerer.answer(List.of(Requests.request("e", 1), Requests.request("f", 1)));
    assertThat(log.batches).containsExactly(2);
  }

  @Test
  void shouldRefuseWhenNoGeneratorServesTheBundle() {
    PromptRequest request = Requests.request("e", 1);
    request.setBundleId("bundle-0");
    Answers answers = answerer.answer(List.of(request));
    assertThat(answers.weights()).isEmpty();
    assertThat(answers.decisions().get(0).getReason()).contains("bundle-0");
  }

  @Test
  void shouldRefuseWhenTheWindowIsNotOfTheBundlesShape() {
    PromptRequest request = Requests.request("e", 1);
    request.getWindow().setShape(List.of(3, 1, 4, 8));
    Answers answers = answerer.answer(List.of(request, Requests.request("f", 1)));
    assertThat(answers.weights()).extracting(ExpertWeights::getEnvironmentId).containsExactly("f");
    assertThat(answers.decisions())
        .extracting(Adaptation::getDecision)
        .containsExactlyInAnyOrder(Decision.REFUSED, Decision.GENERATED);
  }

  @Test
  void shouldServeTheOthersWhenOneRequestBreaksTheGenerator() {
    log.poisonedEnvironment = "e";
    Answers answers = answerer.answer(List.of(Requests.request("e", 1), Requests.request("f", 1)));
    assertThat(answers.weights()).extracting(ExpertWeights::getEnvironmentId).containsExactly("f");
    assertThat(answers.decisions())
        .filteredOn(decision -> decision.getDecision() == Decision.REFUSED)
        .extracting(Adaptation::getReason)
        .containsExactly("generation failed: java.lang.IllegalStateException: poisoned");
  }

  private AnswerPrompts answerer(GenerateSettings settings) {
    return new AnswerPrompts(
        MeanGenerator.loaded(log), bundle -> new MeanGenerator(log), settings, () -> 5000L);
  }
}
