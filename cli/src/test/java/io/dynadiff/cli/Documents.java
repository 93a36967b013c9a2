package io.dynadiff.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** README.md and docs/*.md, taken apart into what is code and what is prose. */
final class Documents {

  /** The project, seen from a module. */
  static final Path ROOT = Path.of("..");

  private static final Pattern FENCED = Pattern.compile("(?ms)^```([a-z]*)\\n(.*?)^```");

  /** Lines that are indented to be a block. */
  private static final Pattern INDENTED = Pattern.compile("(?m)(?:^ {4,}.*\\n)+");

  private static final Pattern INLINE = Pattern.compile("`([^`]+)`");

  /**
   * A block of code.
   *
   * @param language as its fence names it, empty where nothing is named
   * @param text its lines, those that a backslash continues joined
   */
  record Block(String language, String text) {}

  private Documents() {}

  /** Every document. */
  static List<Path> all() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md")),
              docs.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  /** Fenced and indented blocks of a document. */
  static List<Block> blocks(Path document) throws IOException {
    List<Block> blocks = new ArrayList<>();
    Matcher fenced = FENCED.matcher(Files.readString(document));
    while (fenced.find()) {
      blocks.add(block(fenced.group(1), fenced.group(2)));
    }
    Matcher indented = INDENTED.matcher(fenced.replaceAll(""));
    while (indented.find()) {
      blocks.add(block("", indented.group()));
    }
    return blocks;
  }

  /** What stands between backticks in a document's prose, line ends as spaces. */
  static List<String> inline(Path document) throws IOException {
    String prose = FENCED.matcher(Files.readString(document)).replaceAll("");
    return INLINE
        .matcher(INDENTED.matcher(prose).replaceAll(""))
        .results()
        .map(code -> code.group(1).replaceAll("\\s+", " "))
        .toList();
  }

  private static Block block(String language, String text) {
    return new Block(language, text.replaceAll("\\s*\\\\\\n\\s*", " "));
  }
}
