package io.dynadiff.streams.generate;

import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.generation.GeneratedExpert;
import io.dynadiff.models.generation.GenerationRequest;
import java.util.List;

/**
 * Generates experts from windows with one bundle. Confined to one thread, which opens, uses and
 * closes it.
 */
public interface Generator extends AutoCloseable {

  /** Generates one expert per request, in order. */
  List<GeneratedExpert> generate(List<GenerationRequest> requests);

  @Override
  void close();

  /** Opens a generator of a verified bundle in the calling thread. */
  @FunctionalInterface
  interface Opener {
    Generator open(Bundle bundle);
  }
}
