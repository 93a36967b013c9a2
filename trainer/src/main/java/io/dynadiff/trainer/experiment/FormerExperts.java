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
   * Generates for each environment the expert of another one, half a list away, seen or unseen as
   * itself: neighbours in a list are close in their conditions. One that is alone has its own.
   *
   * @param generated writes the experts; stays the caller's to close
   * @return flat weights by environment
   */
  static Map<String, float[]> of(SystemData data, GeneratedExperts generated) {
    Map<String, float[]> experts = new LinkedHashMap<>();
    for (List<EnvironmentData> environments : List.of(data.seen(), data.unseen())) {
      for (int i = 0; i < environments.size(); i++) {
        int half = environments.size() / 2;
        EnvironmentData former = environments.get((i + half) % environments.size());
        experts.put(
            environments.get(i).id(), generated.adapt(former, former.cases().get(0)).weights());
      }
    }
    return experts;
  }
}
