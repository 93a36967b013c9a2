package io.dynadiff.models.prompt;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.nn.Layers;
import io.dynadiff.models.nn.ParameterLayout;
import io.dynadiff.models.nn.Parameters;
import java.util.List;

/**
 * Distils a window's features into a prompt (paper section 3.4): physical statistics beside the
 * state of a GRU over spectra, with a head that infers the governing conditions.
 *
 * <p>Windows of different lengths share a batch: shorter ones repeat their first frame's features
 * in front. Pure functions; confined to one thread.
 */
public final class Prompter {

  private final PrompterSpec spec;

  public Prompter(PrompterSpec spec) {
    this.spec = spec;
  }

  /** The network's parameters. */
  public ParameterLayout layout() {
    int gates = 3 * spec.hidden();
    double bound = 1 / Math.sqrt(spec.hidden());
    ParameterLayout layout =
        new ParameterLayout()
            .addLinear("in", used(), spec.hidden())
            .add("gru.input", 0, bound, gates, spec.hidden())
            .add("gru.state", 0, bound, gates, spec.hidden())
            .add("gru.input_bias", 0, 0, gates)
            .add("gru.state_bias", 0, 0, gates);
    return layout
        .addLinear("conditions.in", spec.hidden() + spec.statistics(), spec.hidden())
        .addLinear("conditions.out", spec.hidden(), spec.conditions());
  }

  private int used() {
    return spec.spectralFeatures() - spec.firstFeature();
  }

  /**
   * A batch of prompts.
   *
   * @param conditions inferred conditions, standardised, axes [batch, condition]
   * @param vector what conditions the diffusion model, axes [batch, length]
   */
  public record Prompt(NDArray conditions, NDArray vector) {}

  /**
   * Computes prompts.
   *
   * @param parameters parameters of {@link #layout()}
   * @param features standardised features of each window, see {@link FeatureScaling}
   * @param scope owns the results
   */
  public Prompt prompt(Parameters parameters, List<WindowFeatures> features, NDManager scope) {
    int batch = features.size();
    int length = features.stream().mapToInt(f -> f.spectra().length).max().orElse(1);
    float[] spectra = new float[batch * length * used()];
    float[] statistics = new float[batch * spec.statistics()];
    for (int b = 0; b < batch; b++) {
      float[][] frames = features.get(b).spectra();
      for (int t = 0; t < length; t++) {
        float[] frame = frames[Math.max(0, t - (length - frames.length))];
        System.arraycopy(frame, spec.firstFeature(), spectra, (b * length + t) * used(), used());
      }
      System.arraycopy(
          features.get(b).statistics(), 0, statistics, b * spec.statistics(), spec.statistics());
    }
    NDArray sequence =
        Layers.linear(parameters, "in", scope.create(spectra, new Shape(batch, length, used())))
            .tanh();
    NDArray initial = scope.zeros(new Shape(1, batch, spec.hidden()), DataType.FLOAT32);
    NDList gru =
        sequence
            .getNDArrayInternal()
            .gru(
                sequence,
                initial,
                new NDList(
                    parameters.get("gru.input"),
                    parameters.get("gru.state"),
                    parameters.get("gru.input_bias"),
                    parameters.get("gru.state_bias")),
                true,
                1,
                0,
                false,
                false,
                true);
    NDArray state = gru.get(1).reshape(batch, spec.hidden());
    NDArray plain = scope.create(statistics, new Shape(batch, spec.statistics()));
    NDArray joint = NDArrays.concat(new NDList(state, plain), 1);
    NDArray conditions = Layers.feedForward(parameters, "conditions", joint);
    NDArray vector =
        spec.conditioning() == PrompterSpec.Conditioning.CONDITIONS
            ? conditions
            : NDArrays.concat(new NDList(conditions, joint), 1);
    return new Prompt(conditions, vector);
  }
}
