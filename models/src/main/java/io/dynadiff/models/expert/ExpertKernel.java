package io.dynadiff.models.expert;

/**
 * An expert's arithmetic in the processor's own memory, one expert and one field at a time, with
 * the way back for gradients. What an {@link ExpertNetwork} computes on the engine, without a call
 * to the engine for every operation.
 *
 * <p>Remembers several forward passes, its <em>tapes</em>, so that gradients can be led back
 * through a rollout. Confined to one thread.
 */
public interface ExpertKernel {

  /**
   * Takes the weights that all passes use until the next call.
   *
   * @param weights flat weights of one or more experts
   * @param from where this expert's begin
   */
  void load(float[] weights, int from);

  /**
   * What the network predicts for a field, see {@link ExpertNetwork#change}; nothing is remembered.
   *
   * @param field normalised values, axes [channel, y, x]
   * @param from where channel 0 begins
   * @param stride from channel to channel
   * @param clockSine sine of the external cycle; ignored if the specification has no clock
   * @param clockCosine its cosine
   * @param change receives the prediction, axes [channel, y, x]
   */
  void step(
      float[] field, int from, int stride, float clockSine, float clockCosine, float[] change);

  /**
   * The same as {@link #step}, remembered for the way back.
   *
   * @param tape which pass this is, from 0; its last one is forgotten
   */
  void forward(
      int tape,
      float[] field,
      int from,
      int stride,
      float clockSine,
      float clockCosine,
      float[] change);

  /**
   * Leads a gradient back through a pass; the pass is forgotten.
   *
   * @param changeGradient gradient of the prediction
   * @param fieldGradient the gradient of the field is added to it; null if nobody asks
   */
  void backward(int tape, float[] changeGradient, float[] fieldGradient);

  /**
   * Adds the gradient of the weights, summed over all passes that were led back, to a flat one, and
   * starts again from zero.
   */
  void drainGradient(float[] gradient, int from);
}
