package io.dynadiff.models.fno;

import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.WeightLayout;
import io.dynadiff.models.expert.WeightLayout.Layer;
import io.dynadiff.models.expert.WeightLayout.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * Weight graph of the Fourier neural operator (paper appendix I), with neuraloperator's tensor
 * names.
 *
 * <p>A block's node k gathers everything that leads to output channel k: the spectral weights
 * [input channel, wavenumber y, wavenumber x, re/im], the 1x1 skip and the bias.
 */
final class FnoLayout {

  private FnoLayout() {}

  /** Hidden width of the lifting and the projection relative to the blocks' width. */
  static final int CHANNEL_RATIO = 2;

  /** Returns the layout of a specification. */
  public static WeightLayout of(ExpertSpec spec) {
    FnoSizes sizes = FnoSizes.of(spec);
    int hidden = sizes.hidden();
    int wide = CHANNEL_RATIO * hidden;
    List<Layer> layers = new ArrayList<>();
    layers.add(dense("lifting.fcs.0", wide, FnoSizes.inputChannels(spec)));
    layers.add(dense("lifting.fcs.1", hidden, wide));
    for (int l = 0; l < sizes.layers(); l++) {
      layers.add(
          new Layer(
              "fno_blocks." + l,
              hidden,
              List.of(
                  new Segment(
                      "fno_blocks.convs." + l + ".weight",
                      hidden * sizes.modesY() * sizes.modesX() * 2),
                  new Segment("fno_blocks.fno_skips." + l + ".conv.weight", hidden),
                  new Segment("fno_blocks.convs." + l + ".bias", 1))));
    }
    layers.add(dense("projection.fcs.0", wide, hidden));
    layers.add(dense("projection.fcs.1", spec.fieldShape().channels(), wide));
    return new WeightLayout(layers);
  }

  private static Layer dense(String name, int out, int in) {
    return new Layer(
        name, out, List.of(new Segment(name + ".weight", in), new Segment(name + ".bias", 1)));
  }
}
