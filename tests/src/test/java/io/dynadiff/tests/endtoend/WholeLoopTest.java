package io.dynadiff.tests.endtoend;

import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.embedded.EmbeddedOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole loop with a real broker in this process. */
@Tag("slow")
class WholeLoopTest {

  @TempDir Path directory;

  @Test
  void shouldBringEveryFrameToAForecastAndAScoreWhenRolesRestartAndFramesAreSpoiled()
      throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedOptions.temporary(3))) {
      WholeLoop.run(Surroundings.open(kafka.connection(), kafka.topics()), directory);
    }
  }
}
