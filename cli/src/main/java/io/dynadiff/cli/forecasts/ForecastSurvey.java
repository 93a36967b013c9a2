package io.dynadiff.cli.forecasts;

import io.dynadiff.schemas.avro.Forecast;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What there is to export: the forecasts of one environment by their form, without the fields. */
final class ForecastSurvey {

  /** What the forecasts of one form hold, so that a file has room for all of them. */
  static final class Group {
    private int forecasts;
    private int members;
    private boolean spread;
    private String system;
    private final Set<String> bundles = new TreeSet<>();

    int forecasts() {
      return forecasts;
    }

    /** Most members whose fields came along; 0 where none did. */
    int members() {
      return members;
    }

    boolean spread() {
      return spread;
    }

    String system() {
      return system;
    }

    Set<String> bundles() {
      return bundles;
    }

    void take(Forecast forecast) {
      forecasts++;
      system = forecast.getSystem();
      bundles.add(forecast.getBundleId());
      spread |= forecast.getSpread() != null;
      if (forecast.getMemberFields() != null) {
        members = Math.max(members, forecast.getMemberFields().getShape().get(0));
      }
    }
  }

  private final Map<ForecastForm, Group> groups = new LinkedHashMap<>();
  private final Optional<String> runId;
  private ForecastForm newest;
  private int forecasts;

  /**
   * @param runId the run that is wanted, or empty for the newest
   */
  ForecastSurvey(Optional<String> runId) {
    this.runId = runId;
  }

  /** Takes a forecast into account, in the order of the topic. */
  void take(Forecast forecast) {
    forecasts++;
    ForecastForm form = ForecastForm.of(forecast);
    groups.computeIfAbsent(form, f -> new Group()).take(forecast);
    if (runId.isEmpty() || runId.get().equals(form.runId())) {
      newest = form;
    }
  }

  /** The form of the newest forecast of the run, or empty where there is none. */
  Optional<ForecastForm> newest() {
    return Optional.ofNullable(newest);
  }

  /** What the forecasts of that form hold. */
  Group chosen() {
    return groups.get(newest);
  }

  /** Forecasts of other runs, grids, quantities or leads. */
  int others() {
    return forecasts - chosen().forecasts();
  }

  /** The runs that were seen. */
  Set<String> runs() {
    Set<String> runs = new TreeSet<>();
    groups.keySet().forEach(form -> runs.add(form.runId()));
    return runs;
  }
}
