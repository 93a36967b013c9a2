package io.dynadiff.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFileTest {

  @TempDir Path tree;

  private void git(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "user.name=test", "-c", "user.email=test@localhost"));
    command.addAll(List.of(arguments));
    Process git =
        new ProcessBuilder(command)
            .directory(tree.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(git.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(git.exitValue()).isZero();
  }

  private void write(String file, String text) throws Exception {
    Files.createDirectories(tree.resolve(file).getParent());
    Files.writeString(tree.resolve(file), text);
  }

  @Test
  void shouldCallATreeDirtyForChangesThatCommandsDoNotMake() throws Exception {
    git("init", "-q");
    write("src/A.java", "a");
    write("results/table1.json", "1");
    write("bundles/one/manifest.json", "1");
    git("add", "-A");
    git("commit", "-q", "-m", "first");
    String clean = ResultsFile.commit(tree);
    assertThat(clean).matches("[0-9a-f]{12}");

    write("results/table1.json", "2");
    write("bundles/one/manifest.json", "2");
    write("results/new.json", "3");
    assertThat(ResultsFile.commit(tree)).isEqualTo(clean);

    write("src/A.java", "b");
    assertThat(ResultsFile.commit(tree)).isEqualTo(clean + "-dirty");
  }

  @Test
  void shouldNotKnowTheCommitWhenThereIsNoRepository() {
    assertThat(ResultsFile.commit(tree)).isEqualTo("unknown");
  }
}
