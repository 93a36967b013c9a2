package io.dynadiff.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.dynadiff.console.ConsolePreview;
import io.dynadiff.console.SyntheticFeed;
import io.dynadiff.console.server.ConsoleServer;
import io.dynadiff.console.server.ServerSettings;
import io.dynadiff.console.state.ConsoleState;
import io.dynadiff.console.state.FieldSet;
import io.dynadiff.console.state.Limits;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page in a real browser, served from made-up records. */
@Tag("slow")
class ConsoleInBrowserTest {

  private static final String PLANE = "lambda-omega/shifting";
  private static final String TILE = "era5-uk/r00c00";
  private static final int SIDE = SyntheticFeed.SIDE;

  /** Matplotlib's viridis at ten places, independently of the page's copy. */
  private static final int[] VIRIDIS = {
    0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b,
    0xfde725
  };

  private static Chromium chromium;

  private final ConsoleState state = new ConsoleState(Limits.DEFAULT, System::currentTimeMillis);
  private final SyntheticFeed plane = SyntheticFeed.plane(PLANE);
  private final SyntheticFeed tile = SyntheticFeed.tile(TILE, 50, -8);
  private ConsoleServer server;

  @BeforeAll
  static void launch() {
    chromium = Chromium.launch();
  }

  @AfterAll
  static void quit() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void serve() throws IOException {
    server = ConsoleServer.open(state, () -> ConsolePreview.health(state), ServerSettings.local(0));
    for (int i = 0; i < 90; i++) {
      plane.advance(state);
      tile.advance(state);
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Page open(String address) {
    return open(address, 1280, 900, ColorScheme.LIGHT);
  }

  private Page open(String address, int width, int height, ColorScheme scheme) {
    Page page = chromium.page(width, height, scheme);
    page.navigate(server.url() + address);
    return page;
  }

  private static String addressOf(String id) {
    return "#/environment/" + id.replace("/", "%2F");
  }

  @Test
  void shouldDrawEveryPointInItsColourWhenAFieldIsShown() throws IOException {
    FieldSet fields = state.fields(PLANE, true).orElseThrow();
    try (Page page = open(addressOf(PLANE))) {
      assertColours(page, fields, 2, false);
    }
  }

  @Test
  void shouldDrawNorthUpWhenRowsRunNorthwards() throws IOException {
    FieldSet fields = state.fields(TILE, true).orElseThrow();
    try (Page page = open(addressOf(TILE))) {
      assertColours(page, fields, 1, true);
    }
  }

  /** Compares the screen with the colours that truth and forecast of the first lead must have. */
  private static void assertColours(Page page, FieldSet fields, int channels, boolean rowsRunUp)
      throws IOException {
    int size = SIDE * SIDE;
    float[] mean = TensorCodec.decode(fields.mean());
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (int lead = 0; lead < SyntheticFeed.LEADS; lead++) {
      float[] truth = TensorCodec.decode(fields.truths().get(lead));
      for (int i = 0; i < size; i++) {
        float forecast = mean[lead * channels * size + i];
        low = Math.min(low, Math.min(truth[i], forecast));
        high = Math.max(high, Math.max(truth[i], forecast));
      }
    }
    float[] truth = TensorCodec.decode(fields.truths().get(0));
    List<String> names = List.of("Truth", "Forecast");
    for (String name : names) {
      Locator canvas = page.locator("figure.field canvas[aria-label^='" + name + ":']");
      assertThat(canvas).isVisible();
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(canvas.screenshot()));
      float[] values = name.equals("Truth") ? truth : mean;
      for (int y = 1; y < SIDE - 1; y += 3) {
        for (int x = 1; x < SIDE - 1; x += 2) {
          int row = rowsRunUp ? SIDE - 1 - y : y;
          int found =
              picture.getRGB(
                  (int) ((x + 0.5) / SIDE * picture.getWidth()),
                  (int) ((row + 0.5) / SIDE * picture.getHeight()));
          int expected = viridis((values[y * SIDE + x] - low) / (high - low));
          for (int shift = 0; shift <= 16; shift += 8) {
            assertThat(found >> shift & 0xff)
                .as("%s at y %d, x %d, colour bits %d", name, y, x, shift)
                // The page's colours come in 1024 steps.
                .isCloseTo(expected >> shift & 0xff, within(3));
          }
        }
      }
    }
  }

  private static int viridis(double fraction) {
    double place = Math.min(1, Math.max(0, fraction)) * (VIRIDIS.length - 1);
    int lower = Math.min((int) place, VIRIDIS.length - 2);
    int colour = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = VIRIDIS[lower] >> shift & 0xff;
      int to = VIRIDIS[lower + 1] >> shift & 0xff;
      colour |= (int) Math.round(from + (place - lower) * (to - from)) << shift;
    }
    return colour;
  }

  @Test
  void shouldShowNewFramesAndDecisionsWhenTheyCome() {
    SyntheticFeed fresh = SyntheticFeed.plane("lambda-omega/fresh");
    fresh.advance(state);
    try (Page page = open(addressOf("lambda-omega/fresh"))) {
      Locator frame = page.locator(".facts dd").first();
      assertThat(frame).hasText("0");
      for (int i = 0; i < 9; i++) {
        fresh.advance(state);
      }
      assertThat(frame).hasText("9");
      assertThat(page.locator(".timeline")).containsText("Expert swapped in v1");
      assertThat(page.locator(".timeline")).containsText("0.0061 on the latest window");
      assertThat(page.locator("tbody tr", new Page.LocatorOptions().setHasText("beta")))
          .containsText("1.104");
    }
  }

  @Test
  void shouldDoEverythingByKeyWhenThereIsNoMouse() {
    try (Page page = open("")) {
      assertThat(page.locator(".environments li")).hasCount(2);
      page.keyboard().press("Tab");
      assertThat(page.locator(".skip")).isFocused();
      page.keyboard().press("j");
      assertThat(page).hasURL(Pattern.compile("#/environment/"));
      assertThat(page.locator(".environments a[aria-current=page]")).hasCount(1);
      assertThat(page.locator(".lead")).containsText("step 1 of 6");
      page.keyboard().press("ArrowRight");
      page.keyboard().press("ArrowRight");
      assertThat(page.locator(".lead")).containsText("step 3 of 6");
      page.keyboard().press("ArrowLeft");
      assertThat(page.locator(".lead")).containsText("+ 400 ms");
      page.keyboard().press("l");
      assertThat(page.locator("button[aria-pressed=true]")).hasText("Held");
      page.keyboard().press("Space");
      assertThat(page.locator(".play")).containsText("Stop");
      page.keyboard().press("Space");
      assertThat(page.locator(".play")).containsText("Play");
      page.keyboard().press("?");
      assertThat(page.locator("#help")).isVisible();
      page.keyboard().press("Escape");
      assertThat(page.locator("#help")).isHidden();
      page.keyboard().press("/");
      page.keyboard().type("shift");
      assertThat(page.locator(".environments li")).hasCount(1);
      page.keyboard().press("Escape");
      assertThat(page.locator(".environments li")).hasCount(2);
      page.keyboard().press("h");
      assertThat(page.locator("main h2")).hasText("Health");
    }
  }

  @Test
  void shouldFitWhenTheScreenIsAPhones() {
    try (Page page = open("", 390, 844, ColorScheme.DARK)) {
      for (String address : List.of("", addressOf(PLANE), "#/health")) {
        page.navigate(server.url() + address);
        assertThat(page.locator("#connection")).containsText("live");
        assertThat(page.evaluate("document.scrollingElement.scrollWidth"))
            .as("no scrolling sideways at '%s'", address)
            .isEqualTo(390);
      }
      page.locator(".back").click();
      page.locator(".environments a").last().click();
      assertThat(page.locator(".side")).isHidden();
      assertThat(page.locator("figure.field canvas").first()).isVisible();
    }
  }

  @Test
  void shouldHaveNoSeriousFindingWhenAxeLooks() throws IOException {
    String axe = axe();
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (String address : List.of("", addressOf(PLANE), addressOf(TILE), "#/health")) {
        try (Page page = open(address, 1280, 900, scheme)) {
          assertThat(page.locator("#connection")).containsText("live");
          if (address.contains("environment")) {
            assertThat(page.locator("figure.field canvas").first()).isVisible();
          }
          page.evaluate(axe);
          @SuppressWarnings("unchecked")
          List<String> findings =
              (List<String>)
                  page.evaluate(
                      "async () => (await axe.run()).violations"
                          + ".filter(v => ['serious', 'critical'].includes(v.impact))"
                          + ".map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | '))");
          assertThat(findings).as("axe at '%s' in %s", address, scheme).isEmpty();
        }
      }
    }
  }

  /** The script that Deque's own adapter carries. */
  private static String axe() throws IOException {
    try (InputStream script = ConsoleInBrowserTest.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void shouldListAThousandEnvironmentsWhenThereAreSoMany() {
    for (int i = 0; i < 1000; i++) {
      state.frame(SyntheticFeed.plane("many/%04d".formatted(i)).frame(0));
    }
    try (Page page = open("")) {
      assertThat(page.locator("#count")).hasText("1\u202f002 environments");
      page.locator("#search").fill("many/0999");
      assertThat(page.locator(".environments li")).hasCount(1);
      page.locator(".environments a").click();
      assertThat(page.locator("main h2")).hasText("many/0999");
    }
  }

  @Test
  void shouldSayThatTheServerIsLostWhenItEnds() {
    try (Page page = open("")) {
      assertThat(page.locator("#connection")).containsText("live");
      server.close();
      assertThat(page.locator("#connection")).containsText("server lost");
    }
    // Chromium reports the broken connection itself; that is what the test is about.
    chromium.problems().removeIf(problem -> problem.contains("ERR_"));
  }

  @Test
  void shouldLoadNothingFromElsewhereWhenOpened() {
    try (Page page = chromium.page(1280, 900, ColorScheme.LIGHT)) {
      List<String> strange = new CopyOnWriteArrayList<>();
      page.onRequest(
          request -> {
            if (!request.url().startsWith(server.url())) {
              strange.add(request.url());
            }
          });
      page.navigate(server.url() + addressOf(PLANE));
      assertThat(page.locator("figure.field canvas").first()).isVisible();
      assertThat(strange).isEmpty();
    }
  }
}
