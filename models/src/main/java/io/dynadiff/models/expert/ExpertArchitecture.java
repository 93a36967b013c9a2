package io.dynadiff.models.expert;

import ai.djl.ndarray.NDManager;
import io.dynadiff.models.safetensors.NamedTensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * A family of expert operators. Families are found through {@link ServiceLoader}, so that the rest
 * of the code knows none by name.
 *
 * <p>Implementations are stateless and safe to share between threads.
 */
public interface ExpertArchitecture {

  /** Name in {@link ExpertSpec#architecture()}. */
  String name();

  /**
   * Checks what only the family can check: its sizes, and what it can make of the field.
   *
   * @throws IllegalArgumentException if the family has no such expert; one sentence says why
   */
  void validate(ExpertSpec spec);

  /** The weight graph of a specification. */
  WeightLayout layout(ExpertSpec spec);

  /** The network of a specification, with its constants under the given manager. */
  ExpertNetwork network(ExpertSpec spec, NDManager manager);

  /**
   * The network as arithmetic on the processor, where the family and the JVM have it.
   *
   * @param tapes forward passes to remember; 0 for steps alone
   */
  default Optional<ExpertKernel> kernel(ExpertSpec spec, int tapes) {
    return Optional.empty();
  }

  /** Initial flat weights, the same for the same seed. */
  float[] initialWeights(ExpertSpec spec, long seed);

  /** Flat weights as named tensors with the names other software uses. */
  default List<NamedTensor> toNamed(ExpertSpec spec, float[] flat) {
    return NamedWeights.toNamed(layout(spec), flat);
  }

  /**
   * Named tensors as flat weights.
   *
   * @throws IllegalArgumentException if a tensor is missing, unknown or of another shape
   */
  default float[] toFlat(ExpertSpec spec, Map<String, NamedTensor> tensors) {
    return NamedWeights.toFlat(layout(spec), tensors);
  }

  /**
   * Returns the family of that name.
   *
   * @throws IllegalArgumentException if there is none; the message names the known ones
   */
  static ExpertArchitecture named(String name) {
    ExpertArchitecture found = Known.BY_NAME.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "expert: expected an architecture out of "
              + Known.BY_NAME.keySet()
              + ", found \""
              + name
              + "\"");
    }
    return found;
  }

  /** The families on the class path, looked up once. */
  final class Known {

    private static final Map<String, ExpertArchitecture> BY_NAME = load();

    private Known() {}

    private static Map<String, ExpertArchitecture> load() {
      Map<String, ExpertArchitecture> known = new TreeMap<>();
      ServiceLoader.load(ExpertArchitecture.class, ExpertArchitecture.class.getClassLoader())
          .forEach(a -> known.put(a.name(), a));
      return known;
    }
  }
}
