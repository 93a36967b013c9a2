package io.dynadiff.streams.admit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.serde.AvroSerdes;
import io.dynadiff.schemas.topics.TopicCatalogue;
import io.dynadiff.streams.Restarts;
import io.dynadiff.streams.Samples;
import io.dynadiff.streams.wire.Wire;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AdmitFrameRestartTest {

  private static final byte[] KEY = "a".getBytes(StandardCharsets.UTF_8);

  private final AvroSerdes serdes = AvroSerdes.of("mock://admit-restart");
  private final Restarts restarts = new Restarts("order", "waiting");

  @Test
  void shouldAdmitWhatWaitedWhenItRestarts() {
    AdmitFrame first = processor();
    Restarts.Life<byte[], byte[], Object> before = restarts.begin(first, 0);
    before.process(KEY, bytes(0), 10);
    before.process(KEY, bytes(2), 12);
    first.close();

    Restarts.Life<byte[], byte[], Object> after = restarts.begin(processor(), 4_000);
    after.punctuate(4_999);
    assertThat(after.sent("admitted", FieldFrame.class)).isEmpty();
    after.punctuate(5_000);
    assertThat(after.sent("admitted", FieldFrame.class))
        .extracting(FieldFrame::getSequence)
        .containsExactly(2L);
    assertThat(after.sent("adaptations", Object.class)).hasSize(1);
  }

  @Test
  void shouldForgetWhatWasRolledBackWhenItsTaskIsRevived() {
    AdmitFrame processor = processor();
    Restarts.Life<byte[], byte[], Object> before = restarts.begin(processor, 0);
    before.process(KEY, bytes(0), 10);
    before.process(KEY, bytes(2), 12);
    processor.close();

    Restarts rolledBack = new Restarts("order", "waiting");
    Restarts.Life<byte[], byte[], Object> revived = rolledBack.begin(processor, 0);
    revived.punctuate(60_000);
    revived.process(KEY, bytes(0), 10);
    assertThat(revived.sent("admitted", FieldFrame.class))
        .extracting(FieldFrame::getSequence)
        .containsExactly(0L);
  }

  private byte[] bytes(long sequence) {
    return serdes.serializer(FieldFrame.class).serialize("frames", Samples.frame("a", sequence));
  }

  private AdmitFrame processor() {
    return new AdmitFrame(
        new Wire(TopicCatalogue.singleBroker(1), serdes)::registryClient,
        Samples.systems(),
        new EnvironmentOrder(5, 5_000, 600_000),
        "order",
        "waiting",
        new AdmitFrame.Exits("admitted", "window", "rejected", "adaptations"));
  }
}
