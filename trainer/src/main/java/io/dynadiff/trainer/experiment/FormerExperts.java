package io.dynadiff.trainer.experiment;

import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.evaluation.GeneratedExperts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The experts that feeds have when they shift from one environment to the next. */
final class FormerExperts {

  private FormerExperts() {}

  /**
   * Generates for each environment the expert of the one listed before it, seen or unseen as
   * itself; the first follows the last. One that is alone has its own.
   *
   * @param generated writes the experts; stays the caller's to close
   * @return flat weights by environment
   */
  static Map<String, float[]> of(SystemData data, GeneratedExperts generated) {
    Map<String, float[]> experts = new LinkedHashMap<>();
    for (List<EnvironmentData> environments : List.of(data.seen(), data.unseen())) {
      for (int i = 0; i < environments.size(); i++) {
        EnvironmentData former = environments.get(Math.floorMod(i - 1, environments.size()));
        experts.put(
            environments.get(i).id(), generated.adapt(former, former.cases().get(0)).weights());
      }
    }
    return experts;
  }
}
