package io.dynadiff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogFormatTest {

  @Test
  void shouldWriteOneObjectWithTheContextAsFieldsWhenTheFormatIsJson() throws Exception {
    LoggerContext context = new LoggerContext();
    LoggingEvent event =
        new LoggingEvent(
            "caller",
            context.getLogger("io.dynadiff.decisions"),
            Level.INFO,
            "{}: {}",
            new IllegalStateException("two\nlines"),
            new Object[] {"ACCEPTED", "better on \"the\" window"});
    event.setMDCPropertyMap(Map.of("environment", "era5-uk/r00c00", "weightsVersion", "3"));

    String line =
        new String(LogFormat.JSON.encoder(context, "unused").encode(event), StandardCharsets.UTF_8);

    assertThat(line).endsWith("\n").containsOnlyOnce("\n");
    JsonNode object = new ObjectMapper().readTree(line);
    assertThat(object.at("/formattedMessage").asText())
        .isEqualTo("ACCEPTED: better on \"the\" window");
    assertThat(object.at("/level").asText()).isEqualTo("INFO");
    assertThat(object.at("/mdc/environment").asText()).isEqualTo("era5-uk/r00c00");
    assertThat(object.at("/mdc/weightsVersion").asText()).isEqualTo("3");
    assertThat(object.at("/throwable/message").asText()).isEqualTo("two\nlines");
  }

  @ParameterizedTest
  @CsvSource({
    "era5-uk/r00c00, decisions: era5-uk/r00c00 ACCEPTED",
    "'', decisions: ACCEPTED",
  })
  void shouldSayWhichEnvironmentWhenTheFormatIsText(String environment, String expected) {
    LoggerContext context = new LoggerContext();
    LoggingEvent event =
        new LoggingEvent(
            "caller",
            context.getLogger("io.dynadiff.decisions"),
            Level.INFO,
            "ACCEPTED",
            null,
            null);
    event.setMDCPropertyMap(environment.isEmpty() ? Map.of() : Map.of("environment", environment));

    String line =
        new String(
            LogFormat.TEXT.encoder(context, Logs.CONSOLE_PATTERN).encode(event),
            StandardCharsets.UTF_8);

    assertThat(line).endsWith(" " + expected + "\n");
  }
}
