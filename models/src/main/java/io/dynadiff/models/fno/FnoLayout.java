package io.dynadiff.models.fno;

import io.dynadiff.models.expert.WeightLayout;
import io.dynadiff.models.expert.WeightLayout.Layer;
import io.dynadiff.models.expert.WeightLayout.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * Weight graph of a Fourier neural operator (paper appendix I), with neuraloperator's tensor names.
 *
 * <p>A convolution's node k gathers everything that leads to output channel k: the spectral weights
 * [input channel, wavenumber y, wavenumber x, re/im], the 1x1 skip and the bias. In a channel map's
 * last layer the gate of the skip around it belongs to the node of its channel.
 */
final class FnoLayout {

  private FnoLayout() {}

  static WeightLayout of(FnoForm form) {
    int hidden = form.hidden();
    List<Layer> layers = new ArrayList<>();
    layers.add(dense("lifting.fcs.0", form.wide(), form.inputChannels()));
    layers.add(dense("lifting.fcs.1", hidden, form.wide()));
    for (int l = 0; l < form.layers(); l++) {
      layers.add(convolution(form, l));
      if (form.channelMlp()) {
        String map = "fno_blocks.channel_mlp." + l;
        List<Segment> last = new ArrayList<>(map(map + ".fcs.1", hidden, form.narrow()));
        last.add(
            new Segment(
                "fno_blocks.channel_mlp_skips." + l + ".weight", List.of(1, hidden, 1, 1), 1));
        layers.add(
            new Layer(map + ".0", form.narrow(), map(map + ".fcs.0", form.narrow(), hidden)));
        layers.add(new Layer(map + ".1", hidden, last));
      }
    }
    layers.add(dense("projection.fcs.0", form.wide(), hidden));
    layers.add(dense("projection.fcs.1", form.shape().channels(), form.wide()));
    return new WeightLayout(layers);
  }

  private static Layer convolution(FnoForm form, int l) {
    int hidden = form.hidden();
    Wavenumbers kept = form.wavenumbers();
    String tensor = "fno_blocks.convs." + l + ".";
    return new Layer(
        form.channelMlp() ? "fno_blocks.convs." + l : "fno_blocks." + l,
        hidden,
        List.of(
            new Segment(
                tensor + form.spectralName(),
                List.of(hidden, hidden, kept.rows(), kept.columns(), 2),
                1),
            Segment.of("fno_blocks.fno_skips." + l + ".conv.weight", hidden, hidden, 1),
            Segment.of(tensor + "bias", hidden, 1, 1)));
  }

  private static Layer dense(String name, int out, int in) {
    return new Layer(name, out, map(name, out, in));
  }

  private static List<Segment> map(String name, int out, int in) {
    return List.of(Segment.of(name + ".weight", out, in, 1), Segment.of(name + ".bias", out));
  }
}
