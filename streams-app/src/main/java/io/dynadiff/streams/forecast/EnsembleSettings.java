package io.dynadiff.streams.forecast;

/**
 * How ensembles of experts become forecasts.
 *
 * @param memberLimit most members of an ensemble that are run, the best ones, at least 1
 * @param publishMembers whether forecasts carry every member; without them the scores have no CRPS
 * @param spreadAdaptation weight of the latest score in what the spread is calibrated by, in (0, 1]
 * @param spreadWarmUp scores of a lead before its spread is calibrated, at least 1
 */
public record EnsembleSettings(
    int memberLimit, boolean publishMembers, double spreadAdaptation, int spreadWarmUp) {

  public static final EnsembleSettings DEFAULT = new EnsembleSettings(16, true, 0.05, 5);

  public EnsembleSettings {
    if (memberLimit < 1
        || !(spreadAdaptation > 0)
        || !(spreadAdaptation <= 1)
        || spreadWarmUp < 1) {
      throw new IllegalArgumentException(
          "forecast: expected memberLimit >= 1, spreadAdaptation in (0, 1] and spreadWarmUp >= 1,"
              + " found "
              + memberLimit
              + ", "
              + spreadAdaptation
              + " and "
              + spreadWarmUp);
    }
  }
}
