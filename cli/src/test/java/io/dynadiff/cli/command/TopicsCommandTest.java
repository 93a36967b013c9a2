package io.dynadiff.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TopicsCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void shouldPrintWhatAPartNeedsWhenNothingIsToBeApplied() {
    int status =
        run("acls", "--party", "generate", "--principal", "User:gen", "--topic-prefix", "field.");

    assertThat(status).isZero();
    assertThat(out.toString().lines())
        .contains(
            "topic literal field.weights User:gen write",
            "topic literal field.prompts User:gen read",
            "group literal field.dynadiff-generate User:gen read",
            "transactional_id prefixed field.dynadiff-generate- User:gen write")
        .doesNotContain("topic literal field.prompts User:gen write");
  }

  @Test
  void shouldRefuseInOneLineWhenThePrincipalHasNoType() {
    assertThat(run("acls", "--party", "adapt", "--principal", "adapt")).isEqualTo(2);
    assertThat(err.toString())
        .hasLineCount(1)
        .contains("principal: expected a type and a name, for example User:adapt, found adapt");
  }

  @Test
  void shouldRefuseWhenNoCommandIsGiven() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("Missing command: check, create, acls or schemas.");
  }

  private int run(String... arguments) {
    return new CommandLine(new TopicsCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
