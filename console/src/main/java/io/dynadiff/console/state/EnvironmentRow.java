package io.dynadiff.console.state;

/**
 * One environment in a line.
 *
 * @param status what its expert is about, see {@link Status}
 * @param sequence of the newest admitted frame, -1 before the first
 * @param eventTimeMs of that frame
 * @param framesPerSecond by arrival
 * @param waiting admitted frames without a forecast yet
 * @param version of the weights in use; 0 is the bundle's base expert
 * @param error of the latest forecast one interval ahead, after field normalisation, or NaN
 * @param persistence error of persistence on the same frame, or NaN
 * @param rejected frames refused
 * @param swaps times a new expert was put to use
 * @param lastFrameAtMs wall clock at which the newest frame was read, 0 before the first
 * @param box where its grid lies on the globe, or null
 * @param revision rises with every change of any environment
 */
public record EnvironmentRow(
    String id,
    String system,
    Status status,
    long sequence,
    long eventTimeMs,
    double framesPerSecond,
    long waiting,
    long version,
    double error,
    double persistence,
    long rejected,
    long swaps,
    long lastFrameAtMs,
    Form.Box box,
    long revision) {}
