package io.dynadiff.console.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The machine's own Chromium without a window; tests are skipped where there is none. */
final class Chromium implements AutoCloseable {

  private static final Path PROGRAM =
      Path.of(System.getProperty("console.chromium", "/usr/bin/chromium"));

  /**
   * A busy machine may take long for what is quick: only a page that never gets there has failed.
   */
  private static final double PATIENCE_MS = 60_000;

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> problems = new ArrayList<>();

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  static Chromium launch() {
    assumeTrue(
        Files.isExecutable(PROGRAM),
        () ->
            "no browser at %s: install Debian's chromium, or name one with -Dconsole.chromium=PATH"
                .formatted(PROGRAM));
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(PROGRAM)
                    // Chromium's own sandbox cannot run as root, as containers do.
                    .setChromiumSandbox(!System.getProperty("user.name").equals("root")));
    return new Chromium(playwright, browser);
  }

  /** A page of its own session; what goes wrong in it is kept for {@link #close()}. */
  Page page(int width, int height, ColorScheme scheme) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setTimezoneId("UTC")
                .setLocale("en-GB"));
    context.setDefaultTimeout(PATIENCE_MS);
    Page page = context.newPage();
    page.onPageError(problems::add);
    page.onConsoleMessage(
        message -> {
          // A 404 for fields that are not there yet is no fault of the page.
          if (message.type().equals("error") && !message.text().startsWith("Failed to load")) {
            problems.add(message.text());
          }
        });
    return page;
  }

  String version() {
    return browser.version();
  }

  /** What scripts and the content security policy have complained of. */
  List<String> problems() {
    return problems;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
    assertThat(problems).as("errors in the page").isEmpty();
  }
}
