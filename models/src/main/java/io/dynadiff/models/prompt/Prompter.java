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
 * states of one or two GRUs over features of its frames, with a head that infers the governing
 * conditions.
 *
 * <p>Windows of different lengths share a batch: shorter ones repeat their first frame's features
 * in front. Pure functions; confined to one thread.
 */
public final class Prompter {

  private final PrompterSpec spec;
  private final List<FeatureSpec.Stream> streams;

  public Prompter(PrompterSpec spec) {
    this.spec = spec;
    this.streams = spec.input().streams();
  }

  /** The network's parameters. */
  public ParameterLayout layout() {
    int gates = 3 * spec.hidden();
    double bound = 1 / Math.sqrt(spec.hidden());
    ParameterLayout layout = new ParameterLayout();
    for (int s = 0; s < streams.size(); s++) {
      String name = prefix(s);
      layout
          .addLinear(name + "in", streams.get(s).length(), spec.hidden())
          .add(name + "gru.input", 0, bound, gates, spec.hidden())
          .add(name + "gru.state", 0, bound, gates, spec.hidden())
          .add(name + "gru.input_bias", 0, 0, gates)
          .add(name + "gru.state_bias", 0, 0, gates);
    }
    return layout
        .addLinear("conditions.in", spec.stateLength() + spec.input().statistics(), spec.hidden())
        .addLinear("conditions.out", spec.hidden(), spec.conditions());
  }

  private static String prefix(int stream) {
    return stream == 0 ? "" : "stream" + (stream + 1) + ".";
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
    int count = spec.input().statistics();
    float[] statistics = new float[batch * count];
    for (int b = 0; b < batch; b++) {
      System.arraycopy(features.get(b).statistics(), 0, statistics, b * count, count);
    }
    NDList parts = new NDList();
    for (int s = 0; s < streams.size(); s++) {
      parts.add(state(parameters, prefix(s), streams.get(s), features, scope));
    }
    parts.add(scope.create(statistics, new Shape(batch, count)));
    NDArray joint = NDArrays.concat(parts, 1);
    NDArray conditions = Layers.feedForward(parameters, "conditions", joint);
    NDArray vector =
        spec.conditioning() == PrompterSpec.Conditioning.PROMPT
            ? NDArrays.concat(new NDList(conditions, joint), 1)
            : conditions;
    return new Prompt(conditions, vector);
  }

  /** Last state of the GRU over one stream, axes [batch, hidden]. */
  private NDArray state(
      Parameters parameters,
      String name,
      FeatureSpec.Stream stream,
      List<WindowFeatures> features,
      NDManager scope) {
    int batch = features.size();
    int used = stream.length();
    int length = features.stream().mapToInt(f -> f.spectra().length).max().orElse(1);
    float[] spectra = new float[batch * length * used];
    for (int b = 0; b < batch; b++) {
      float[][] frames = features.get(b).spectra();
      for (int t = 0; t < length; t++) {
        float[] frame = frames[Math.max(0, t - (length - frames.length))];
        System.arraycopy(frame, stream.first(), spectra, (b * length + t) * used, used);
      }
    }
    NDArray input = scope.create(spectra, new Shape(batch, length, used));
    NDArray sequence = Layers.linear(parameters, name + "in", input).tanh();
    NDArray initial = scope.zeros(new Shape(1, batch, spec.hidden()), DataType.FLOAT32);
    NDList gru =
        sequence
            .getNDArrayInternal()
            .gru(
                sequence,
                initial,
                new NDList(
                    parameters.get(name + "gru.input"),
                    parameters.get(name + "gru.state"),
                    parameters.get(name + "gru.input_bias"),
                    parameters.get(name + "gru.state_bias")),
                true,
                1,
                0,
                false,
                false,
                true);
    return gru.get(1).reshape(batch, spec.hidden());
  }
}
