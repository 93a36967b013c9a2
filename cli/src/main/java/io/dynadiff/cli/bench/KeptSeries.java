package io.dynadiff.cli.bench;

import io.dynadiff.streams.shift.OneStepError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Error series on disk, so that a stopped measurement goes on where it was and detectors can be
 * compared again without running the experts.
 *
 * @param directory where they are kept
 */
record KeptSeries(Path directory) {

  /** Makes series; may take seconds. */
  interface Source {
    List<ErrorSeries> series() throws IOException;
  }

  /**
   * Returns the series of a key, made and kept if they are not there.
   *
   * @param key a file name that says everything the series depend on
   */
  List<ErrorSeries> of(String key, Source source) throws IOException {
    Path file = directory.resolve(key + ".csv");
    if (!Files.isRegularFile(file)) {
      Files.createDirectories(directory);
      Path unfinished = directory.resolve(key + ".unfinished");
      Files.writeString(unfinished, write(source.series()));
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return read(file);
  }

  private static String write(List<ErrorSeries> all) {
    StringBuilder text = new StringBuilder();
    for (ErrorSeries series : all) {
      text.append(
          "series,%s,%s,%d%n"
              .formatted(series.group(), series.calibratedError(), series.shiftSequence()));
      for (OneStepError error : series.errors()) {
        text.append(
            "%d,%d,%s,%b%n"
                .formatted(
                    error.sequence(), error.weightsVersion(), error.atUsualPace(), error.still()));
      }
    }
    return text.toString();
  }

  private static List<ErrorSeries> read(Path file) throws IOException {
    List<ErrorSeries> all = new ArrayList<>();
    List<OneStepError> errors = new ArrayList<>();
    String[] head = null;
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      String[] cells = line.split(",");
      if (cells[0].equals("series")) {
        if (head != null) {
          all.add(series(head, errors));
          errors.clear();
        }
        head = cells;
      } else {
        errors.add(
            new OneStepError(
                Long.parseLong(cells[0]),
                Long.parseLong(cells[1]),
                Double.parseDouble(cells[2]),
                Boolean.parseBoolean(cells[3])));
      }
    }
    all.add(series(head, errors));
    return all;
  }

  private static ErrorSeries series(String[] head, List<OneStepError> errors) {
    return new ErrorSeries(head[1], Double.parseDouble(head[2]), errors, Long.parseLong(head[3]));
  }
}
