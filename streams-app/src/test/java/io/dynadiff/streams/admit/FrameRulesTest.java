package io.dynadiff.streams.admit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.streams.Samples;
import io.dynadiff.streams.systems.ServedSystems;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameRulesTest {

  private final FrameRules rules = new FrameRules(Samples.systems());
  private final FieldFrame frame = Samples.frame("e", 3);

  @Test
  void shouldFindNothingWhenTheFrameIsSound() {
    assertThat(rules.check("e", frame)).isEmpty();
  }

  @Test
  void shouldNameBothKeysWhenTheKeyIsNotTheEnvironment() {
    assertThat(rules.check("f", frame))
        .contains(
            new Rejection(
                RejectionReason.KEY_MISMATCH,
                "expected the record key to be environmentId \"e\", found \"f\""));
    assertThat(reason(null)).isEqualTo(RejectionReason.KEY_MISMATCH);
  }

  @Test
  void shouldRejectWhenNoBundleServesTheSystem() {
    frame.setSystem("cylinder-flow");
    assertThat(rules.check("e", frame))
        .contains(
            new Rejection(
                RejectionReason.UNKNOWN_SYSTEM,
                "expected one of [era5-uk, lambda-omega], found \"cylinder-flow\""));
  }

  @Test
  void shouldRejectWhenTheSequenceIsImpossible() {
    frame.setSequence(-1);
    assertThat(reason("e")).isEqualTo(RejectionReason.BAD_SEQUENCE);
    frame.setSequence(Long.MAX_VALUE);
    assertThat(reason("e")).isEqualTo(RejectionReason.BAD_SEQUENCE);
  }

  @Test
  void shouldRejectWhenTheIntervalIsNotTheBundles() {
    frame.setIntervalMs(100);
    assertThat(rules.check("e", frame))
        .contains(
            new Rejection(
                RejectionReason.OTHER_FORM,
                "expected what the bundle of lambda-omega was trained on, [channel, y, x] ="
                    + " [2, 4, 4] every 200 ms, found [2, 4, 4] every 100 ms"));
  }

  @Test
  void shouldNameTheChannelsWhenTheyComeInAnotherOrder() {
    frame.setChannels(List.of(frame.getChannels().get(1), frame.getChannels().get(0)));
    assertThat(rules.check("e", frame))
        .contains(
            new Rejection(
                RejectionReason.OTHER_FORM,
                "expected the channels that the bundle of lambda-omega was trained on, [u, v] in"
                    + " this order, found [v, u]"));
  }

  @Test
  void shouldRejectWhenTheTensorIsNotOfTheFramesOwnGrid() {
    frame.getGrid().setHeight(5);
    assertThat(reason("e")).isEqualTo(RejectionReason.SHAPE_MISMATCH);
  }

  @Test
  void shouldRejectWhenTheTensorIsNotOfTheFramesOwnChannels() {
    frame.setChannels(frame.getChannels().subList(0, 1));
    assertThat(reason("e")).isEqualTo(RejectionReason.SHAPE_MISMATCH);
  }

  @Test
  void shouldRejectWhenTheGridIsNotTheBundles() {
    FieldFrame other = Samples.frame(Samples.SYSTEM, new FieldShape(2, 8, 8), "e", "run-1", 3, 0);
    assertThat(rules.check("e", other).orElseThrow().detail())
        .isEqualTo(
            "expected what the bundle of lambda-omega was trained on, [channel, y, x] = [2, 4, 4]"
                + " every 200 ms, found [2, 8, 8] every 200 ms");
  }

  @Test
  void shouldSayHowToGetTheFormOfTheBundleWhenThereIsOne() {
    String system = "lambda-omega";
    FrameRules rules =
        new FrameRules(
            new ServedSystems(
                List.of(Samples.system(system, "bundle-3", new FieldShape(2, 32, 32)))));
    FieldFrame paper = Samples.frame(system, new FieldShape(2, 64, 64), "e", "run-1", 3, 0);
    assertThat(rules.check("e", paper))
        .contains(
            new Rejection(
                RejectionReason.OTHER_FORM,
                "expected what the bundle of lambda-omega was trained on, [channel, y, x] ="
                    + " [2, 32, 32] every 200 ms (dynadiff simulate lambda-omega --form laptop"
                    + " publishes it), found [2, 64, 64] every 200 ms"));
    FieldFrame laptop = Samples.frame(system, new FieldShape(2, 32, 32), "e", "run-1", 3, 0);
    assertThat(rules.check("e", laptop)).isEmpty();
  }

  @Test
  void shouldRejectWhenTheTensorHasOtherBytesThanItsShapeSays() {
    frame.getField().setData(ByteBuffer.allocate(12));
    assertThat(reason("e")).isEqualTo(RejectionReason.SHAPE_MISMATCH);
  }

  @Test
  void shouldRejectWhenTheShapeOverflows() {
    frame.getField().setShape(List.of(Integer.MAX_VALUE, Integer.MAX_VALUE, 4));
    assertThat(reason("e")).isEqualTo(RejectionReason.SHAPE_MISMATCH);
  }

  @Test
  void shouldSayWhereWhenAValueIsNotFinite() {
    float[] values = new float[Samples.SHAPE.size()];
    values[16 + 4 * 2 + 3] = Float.NaN;
    frame.setField(TensorCodec.encode(values, DType.FLOAT32, 2, 4, 4));
    assertThat(rules.check("e", frame))
        .contains(
            new Rejection(
                RejectionReason.NON_FINITE,
                "expected finite values, found NaN at channel 1, y 2, x 3"));
  }

  private RejectionReason reason(String key) {
    return rules.check(key, frame).orElseThrow().reason();
  }
}
