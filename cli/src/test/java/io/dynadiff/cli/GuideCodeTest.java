package io.dynadiff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Classes that a guide shows are classes that a reader can take as they are. */
class GuideCodeTest {

  private static final Path GUIDE = Path.of("../docs/extending.md");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```");
  private static final Pattern CLASS = Pattern.compile("public final class (\\w+)");

  static Stream<Named<Source>> classes() throws IOException {
    List<Named<Source>> classes = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(Files.readString(GUIDE));
    while (blocks.find()) {
      Matcher name = CLASS.matcher(blocks.group(1));
      assertThat(name.find()).as("a class in " + blocks.group(1)).isTrue();
      classes.add(Named.of(name.group(1), new Source(name.group(1), blocks.group(1))));
    }
    return classes.stream();
  }

  @ParameterizedTest
  @MethodSource("classes")
  void shouldCompileWhenTheGuideShowsIt(Source source, @TempDir Path classes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();

    boolean compiled =
        compiler
            .getTask(
                complaints,
                null,
                null,
                List.of("-Xlint:all,-processing,-path", "-d", classes.toString(), "-proc:none"),
                null,
                List.of(source))
            .call();

    assertThat(complaints.toString()).isEmpty();
    assertThat(compiled).isTrue();
  }

  @Test
  void shouldFindASystemAnArchitectureAndABaseline() throws IOException {
    assertThat(classes().map(Named::getName))
        .containsExactly("PendulumSolver", "PointwiseArchitecture", "Drift");
  }

  /** A class in memory. */
  private static final class Source extends SimpleJavaFileObject {

    private final String code;

    Source(String name, String code) {
      super(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE);
      this.code = code;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return code;
    }
  }
}
