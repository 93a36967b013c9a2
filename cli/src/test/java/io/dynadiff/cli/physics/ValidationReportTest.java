package io.dynadiff.cli.physics;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.physics.validation.Check;
import io.dynadiff.physics.validation.Curve;
import io.dynadiff.physics.validation.Plot;
import java.awt.image.BufferedImage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationReportTest {

  @Test
  void shouldShowEveryCheckWithBothNumbersAndItsVerdict() {
    String page =
        report(check("frequency | beta", 1.19, 1.2, 0.012), check("error", 2e-6, 0, 1e-6))
            .markdown();

    assertThat(page)
        .contains("| verdict | **1 of 2 checks failed** |")
        .contains("| sys | frequency \\| beta | 1.2 K | theory | 1.19 K | 0.012 K | passed |")
        .contains("| sys | error | 0 K | theory | 2e-6 K | 1e-6 K | **failed** |")
        .contains("![Growth](images/physics/growth.png)")
        .contains("| left out | Cylinder wake |")
        .contains("![Spirals](images/physics/gallery-spirals.png)")
        .contains("| commit | abc |");
  }

  @Test
  void shouldSayThatAllPassedOnlyWhenAllDid() {
    assertThat(report(check("error", 0, 0, 1e-6)).markdown()).contains("all 1 checks passed");
    assertThat(report(check("error", Double.NaN, 0, 1e-6)).failed()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "744, 744",
    "282.4250183, 282.425",
    "-1, -1",
    "1e-6, 1e-6",
    "1.234e-7, 1.23e-7",
    "120000, 120000",
    "2.5e12, 2.5e12",
    "0.164335, 0.164335",
    "NaN, NaN"
  })
  void shouldWriteNumbersShortly(double value, String text) {
    assertThat(ValidationReport.number(value)).isEqualTo(text);
  }

  @Test
  void shouldDrawEveryMeasuredCurveInAColourOfItsOwn() {
    double[] x = {1, 10};
    Plot plot =
        new Plot(
            "p",
            "title",
            "x",
            "y",
            Plot.Scale.LOGARITHMIC,
            List.of(
                new Curve("one", x, new double[] {1e-3, 1e-1}),
                new Curve("two", x, new double[] {0, 1e-2})),
            List.of());

    BufferedImage image = PlotPicture.draw(plot);

    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int column = 0; column < image.getWidth(); column++) {
        colours.add(image.getRGB(column, y) & 0xffffff);
      }
    }
    assertThat(colours).contains(0x0072b2, 0xd55e00);
  }

  private static ValidationReport report(Check... checks) {
    Plot plot =
        new Plot(
            "growth",
            "Growth",
            "x",
            "y",
            Plot.Scale.LINEAR,
            List.of(new Curve("c", new double[] {1}, new double[] {1})),
            List.of());
    return new ValidationReport(
        "dynadiff physics validate",
        "abc",
        "machine",
        "2026-01-02",
        3,
        List.of(new ValidationReport.Section("Part", List.of(checks), List.of(plot))),
        List.of("Cylinder wake"),
        List.of(new ValidationReport.Picture("gallery-spirals", "Spirals", "Two of them.")));
  }

  private static Check check(String name, double measured, double expected, double tolerance) {
    return new Check("sys", name, "theory", measured, expected, tolerance, "K");
  }
}
