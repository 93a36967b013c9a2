package io.dynadiff.cli.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rows of the tables about what travels. */
final class WireRows {

  static final List<String> COMPRESSION_HEAD =
      List.of(
          "on the wire",
          "bytes",
          "lz4 leaves",
          "takes",
          "zstd leaves",
          "takes",
          "gzip leaves",
          "takes");
  static final List<String> ROUNDING_HEAD =
      List.of(
          "weights rounded",
          "float16 differs by",
          "error becomes",
          "bfloat16 differs by",
          "error becomes");

  private static final List<String> CODECS = List.of("lz4", "zstd-3", "gzip");

  private final BenchFigures measured;

  WireRows(BenchFigures measured) {
    this.measured = measured;
  }

  /** What codecs leave of frames and weights, and the time to pack and unpack them. */
  List<List<String>> compression() {
    List<List<String>> rows = new ArrayList<>();
    for (String what : named("wire\\.((?:frames|weights)\\..+)\\.bytes")) {
      String name = "wire." + what + ".";
      List<String> row =
          new ArrayList<>(List.of(what.replace('.', ' '), measured.text("%.0f", name + "bytes")));
      for (String codec : CODECS) {
        row.add(measured.text("%.2f", name + codec + ".part"));
        double nanos =
            measured.get(name + codec + ".packNanosPerByte").orElseThrow()
                + measured.get(name + codec + ".unpackNanosPerByte").orElseThrow();
        row.add("%.1f ns a byte".formatted(nanos));
      }
      rows.add(row);
    }
    return rows;
  }

  /** What rounding weights does to forecasts, in parts of their error. */
  List<List<String>> rounding() {
    List<List<String>> rows = new ArrayList<>();
    for (String system : named("wire\\.rounding\\.(.+)\\.normalisedRmse")) {
      String name = "wire.rounding." + system + ".";
      rows.add(
          List.of(
              system,
              measured.text("%.4f of the error", name + "float16.differenceToError"),
              measured.text("%.4f of it", name + "float16.errorRatio"),
              measured.text("%.4f of the error", name + "bfloat16.differenceToError"),
              measured.text("%.4f of it", name + "bfloat16.errorRatio")));
    }
    return rows;
  }

  /** What the group stands for in the names that match. */
  private List<String> named(String expression) {
    Pattern pattern = Pattern.compile(expression);
    return measured.figures().keySet().stream()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .toList();
  }
}
