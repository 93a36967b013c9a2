package io.dynadiff.physics.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Coordinates;
import io.dynadiff.physics.field.Grid;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldPictureTest {
  private static final Channel CHANNEL = new Channel("w", "1");
  private static final int LOW = 0x440154;
  private static final int HIGH = 0xfde725;

  @Test
  void shouldGrowLighterAllTheWayWhenSequential() {
    double before = -1;
    for (int i = 0; i <= 100; i++) {
      double lightness = lightness(ColourMap.SEQUENTIAL.rgb(i / 100.0));
      assertThat(lightness).isGreaterThan(before);
      before = lightness;
    }
    assertThat(ColourMap.SEQUENTIAL.rgb(-5)).isEqualTo(LOW);
    assertThat(ColourMap.SEQUENTIAL.rgb(5)).isEqualTo(HIGH);
  }

  @Test
  void shouldBeLightestInTheMiddleAndEquallyDarkAtBothEndsWhenDiverging() {
    double middle = lightness(ColourMap.DIVERGING.rgb(0.5));
    for (int i = 1; i <= 50; i++) {
      double left = lightness(ColourMap.DIVERGING.rgb(0.5 - i / 100.0));
      assertThat(left).isLessThan(middle);
      assertThat(lightness(ColourMap.DIVERGING.rgb(0.5 + i / 100.0))).isCloseTo(left, within(4.0));
    }
  }

  @Test
  void shouldPutTheRowOfTheGreatestCoordinateOnTopWhateverTheOrderOfRows() {
    float[] values = {0, 0, 1, 1};
    BufferedImage upwards = picture(grid(2, 2, 1)).pixels(values);
    BufferedImage downwards = picture(grid(2, 2, -1)).pixels(values);
    assertThat(upwards.getRGB(0, 0) & 0xffffff).isEqualTo(HIGH);
    assertThat(upwards.getRGB(0, 1) & 0xffffff).isEqualTo(LOW);
    assertThat(downwards.getRGB(0, 0) & 0xffffff).isEqualTo(LOW);
    assertThat(downwards.getRGB(0, 1) & 0xffffff).isEqualTo(HIGH);
  }

  @Test
  void shouldDrawMissingValuesInAColourOfNoMap() {
    BufferedImage image = picture(grid(1, 2, 1)).pixels(new float[] {Float.NaN, 0.5f});
    int missing = image.getRGB(0, 0) & 0xffffff;
    for (ColourMap map : ColourMap.values()) {
      for (int i = 0; i <= 100; i++) {
        assertThat(map.rgb(i / 100.0)).isNotEqualTo(missing);
      }
    }
  }

  @Test
  void shouldGiveEveryGridPointABlockOfEqualPixelsBesideAxesAndColourBar() {
    BufferedImage image = picture(grid(3, 5, 1)).draw("title", new float[15]);
    // 100 pixels for 5 columns make blocks of 20.
    assertThat(image.getWidth()).isGreaterThan(100);
    assertThat(image.getHeight()).isGreaterThan(60);
    int field = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        field += (image.getRGB(x, y) & 0xffffff) == LOW ? 1 : 0;
      }
    }
    assertThat(field).isBetween(100 * 60, 100 * 60 + 200);
  }

  @Test
  void shouldShortenDegreesOfLongitudeWhenTheGridIsAMap() {
    Grid map = new Grid(10, 10, 64.5, 0, -1, 1, "degrees", Coordinates.LATITUDE_LONGITUDE, false);
    BufferedImage square = picture(grid(10, 10, 1)).draw("", new float[100]);
    BufferedImage narrow = picture(map).draw("", new float[100]);
    // The cosine of 60 degrees is one half.
    assertThat(square.getWidth() - narrow.getWidth()).isEqualTo(50);
    assertThat(square.getHeight()).isEqualTo(narrow.getHeight());
  }

  @Test
  void shouldPlacePanelsInRows() {
    BufferedImage one = new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB);
    BufferedImage all = Panels.inRows(List.of(one, one, one), 2);
    assertThat(all.getWidth()).isEqualTo(60);
    assertThat(all.getHeight()).isEqualTo(40);
    assertThat(all.getRGB(59, 39) & 0xffffff).isEqualTo(0xffffff);
  }

  @Test
  void shouldFindRangesThatColoursNeed() {
    assertThat(ValueRange.of(new float[] {1, Float.NaN, 3})).isEqualTo(new ValueRange(1, 3));
    assertThat(ValueRange.around0(new float[] {-1, 3})).isEqualTo(new ValueRange(-3, 3));
    assertThat(ValueRange.of(new float[] {2, 2}).fraction(2)).isCloseTo(0.5, within(1e-9));
    assertThatThrownBy(() -> new ValueRange(1, 1)).hasMessageContaining("1.0 and 1.0");
  }

  @Test
  void shouldRefuseFieldsThatAreNotOfTheGrid() {
    assertThatThrownBy(() -> picture(grid(2, 2, 1)).pixels(new float[3]))
        .hasMessageContaining("2 x 2")
        .hasMessageContaining("found 3");
    assertThatThrownBy(() -> Panels.inRows(List.of(), 1)).hasMessageContaining("found 0 and 1");
  }

  @Test
  void shouldChooseRoundTicks() {
    Ticks ticks = Ticks.between(-10, 2.25, 4);
    assertThat(ticks.values()).containsExactly(-10.0, -5.0, 0.0);
    assertThat(ticks.text(-5)).isEqualTo("\u22125");
    assertThat(Ticks.between(0, 0.35, 4).values().stream().map(v -> "%.1f".formatted(v)).toList())
        .containsExactly("0.0", "0.1", "0.2", "0.3");
  }

  private static FieldPicture picture(Grid grid) {
    return new FieldPicture(grid, CHANNEL, ColourMap.SEQUENTIAL, new ValueRange(0, 1), 100);
  }

  private static Grid grid(int height, int width, double spacingY) {
    return new Grid(height, width, 0, 0, spacingY, 1, "1", Coordinates.PLANE, false);
  }

  /** CIE lightness L*, 0 to 100. */
  private static double lightness(int rgb) {
    double luminance =
        0.2126 * linear(rgb >> 16 & 0xff)
            + 0.7152 * linear(rgb >> 8 & 0xff)
            + 0.0722 * linear(rgb & 0xff);
    return 116 * Math.cbrt(luminance) - 16;
  }

  private static double linear(int level) {
    double part = level / 255.0;
    return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
  }
}
