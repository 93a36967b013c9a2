package io.dynadiff.console.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The files of the page, read once. Immutable. */
final class PageFiles {

  private static final String INDEX = "index.html";

  /** Every file there is: a request can name no other. */
  private static final List<String> NAMES =
      List.of(
          INDEX,
          "icon.svg",
          "console.css",
          "main.js",
          "live.js",
          "format.js",
          "colours.js",
          "environments.js",
          "map.js",
          "detail.js",
          "fields.js",
          "picture.js",
          "chart.js",
          "history.js",
          "health.js",
          "thumbnails.js");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final Map<String, Answer> files;

  PageFiles() {
    files =
        NAMES.stream().collect(Collectors.toUnmodifiableMap(name -> "/" + name, PageFiles::read));
  }

  /** The file at a path; {@code /} is the page itself. */
  Optional<Answer> at(String path) {
    return Optional.ofNullable(files.get(path.equals("/") ? "/" + INDEX : path));
  }

  private static Answer read(String name) {
    try (InputStream file =
        PageFiles.class.getResourceAsStream("/io/dynadiff/console/page/" + name)) {
      if (file == null) {
        throw new IllegalStateException("The console's page has no " + name + "; build it again.");
      }
      String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      // Small, from this machine or near it: asking again beats showing an old version.
      return new Answer(200, type, "no-cache", file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
