package io.dynadiff.trainer.report;

import io.dynadiff.trainer.evaluation.MethodRun;
import io.dynadiff.trainer.evaluation.ResultsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;

/** The pictures of a report: charts of the results, and what was drawn while evaluating. */
final class ReportPictures {

  private ReportPictures() {}

  /**
   * Draws the charts of every system.
   *
   * @param directory where charts are written, and rollouts and landscapes are looked for
   * @param path the directory as the page refers to it
   * @return for each system Markdown that shows its pictures
   */
  static Map<String, String> draw(ResultsTable table, Path directory, String path)
      throws IOException {
    Map<String, String> shown = new HashMap<>();
    for (String system :
        table.runs().stream()
            .filter(r -> r.variant().isEmpty())
            .map(MethodRun::system)
            .distinct()
            .toList()) {
      Files.createDirectories(directory);
      BitmapEncoder.saveBitmap(
          ErrorCurves.chart(table, system),
          directory.resolve("errors-" + system).toString(),
          BitmapFormat.PNG);
      BitmapEncoder.saveBitmap(
          ConditionCharts.chart(table, system),
          directory.resolve("rmse-" + system).toString(),
          BitmapFormat.PNG);
      StringBuilder text = new StringBuilder();
      for (Map.Entry<String, String> picture :
          Map.of(
                  "1 errors-", "RMSE at each lead, unseen environments",
                  "2 rmse-", "RMSE over all environments; pale marks are seen ones",
                  "3 rollout-", "A rollout in one unseen environment",
                  "4 landscape-", "Weights of experts against the conditions")
              .entrySet()
              .stream()
              .sorted(Map.Entry.comparingByKey())
              .toList()) {
        String name = picture.getKey().substring(2) + system + ".png";
        if (Files.exists(directory.resolve(name))) {
          text.append(picture.getValue()).append(":\n\n![").append(picture.getValue());
          text.append("](").append(path).append('/').append(name).append(")\n\n");
        }
      }
      shown.put(system, text.toString());
    }
    return shown;
  }
}
