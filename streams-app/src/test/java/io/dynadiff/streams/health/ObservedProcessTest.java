package io.dynadiff.streams.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.avro.LeadScore;
import io.dynadiff.streams.metrics.FlowMetrics;
import io.dynadiff.streams.metrics.MetricsSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObservedProcessTest {

  private enum Reason {
    TOO_LATE
  }

  private static final MetricsSettings ANY_PORT =
      new MetricsSettings(OptionalInt.of(0), "127.0.0.1", 10);

  private final FakeRole forecast = new FakeRole("forecast");
  private final FakeRole verify = new FakeRole("verify");
  private ObservedProcess process;

  private static final class FakeRole implements RoleHealth {
    private final String name;
    private boolean ready;
    private Throwable failure;

    FakeRole(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean ready() {
      return ready;
    }

    @Override
    public Optional<Throwable> failure() {
      return Optional.ofNullable(failure);
    }
  }

  @BeforeEach
  void open() throws IOException {
    process = ObservedProcess.open(ANY_PORT, List.of(forecast, verify));
  }

  @AfterEach
  void close() {
    process.close();
  }

  @Test
  void shouldBeReadyOnlyWhenEveryRoleIsReady() throws Exception {
    forecast.ready = true;
    assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(get("/health/ready").body()).isEqualTo("forecast: ready\nverify: not ready\n");
    verify.ready = true;
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    process.ending();
    assertThat(get("/health/ready").statusCode()).isEqualTo(503);
  }

  @Test
  void shouldBeAliveUntilARoleHasEndedByItself() throws Exception {
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    verify.failure = new IllegalStateException("the store is gone");
    HttpResponse<String> answer = get("/health/live");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body())
        .isEqualTo("verify: java.lang.IllegalStateException: the store is gone\n");
  }

  @Test
  void shouldServeWhatIsMeasuredWhenScraped() throws Exception {
    forecast.ready = true;
    FlowMetrics.admitted("some-system", "some/environment", 20);
    FlowMetrics.rejected(Reason.TOO_LATE);
    FlowMetrics.issued("some/environment", "some-system", 4, 30);
    FlowMetrics.scored(score("some-system", 0.03));

    HttpResponse<String> answer = get("/metrics");
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
    assertThat(answer.body().lines())
        .contains(
            "dynadiff_frames_admitted_total{system=\"some-system\"} 1.0",
            "dynadiff_frames_rejected_total{reason=\"TOO_LATE\"} 1.0",
            "dynadiff_weights_version{environment=\"some/environment\",system=\"some-system\"} 4.0",
            "dynadiff_score_normalised_rmse_count{lead=\"1\",system=\"some-system\"} 1",
            "dynadiff_score_normalised_rmse_sum{lead=\"1\",system=\"some-system\"} 0.03",
            "dynadiff_role_ready{role=\"forecast\"} 1.0",
            "dynadiff_role_ready{role=\"verify\"} 0.0")
        .anyMatch(line -> line.startsWith("process_resident_memory_bytes"))
        .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""));
  }

  @Test
  void shouldSayWhatThereIsWhenAskedForAnythingElse() throws Exception {
    assertThat(get("/health/ready/or/not").statusCode()).isEqualTo(404);
    HttpRequest post =
        HttpRequest.newBuilder(URI.create(process.url() + "/metrics"))
            .POST(HttpRequest.BodyPublishers.ofString("x"))
            .build();
    assertThat(
            HttpClient.newHttpClient()
                .send(post, HttpResponse.BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(405);
  }

  @Test
  void shouldNameThePortWhenItIsTaken() {
    int port = URI.create(process.url()).getPort();
    MetricsSettings taken = new MetricsSettings(OptionalInt.of(port), "127.0.0.1", 10);
    assertThatThrownBy(() -> ObservedProcess.open(taken, List.of(forecast)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1 port " + port)
        .hasMessageEndingWith(
            "choose another metrics.port, or 0 for any free one, or another metrics.address");
  }

  private static ForecastScore score(String system, double error) {
    LeadScore lead = new LeadScore();
    lead.setLeadSteps(1);
    lead.setNormalisedRmse(error);
    ForecastScore score = new ForecastScore();
    score.setSystem(system);
    score.setEnvironmentId("some/environment");
    score.setLeads(List.of(lead));
    return score;
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(process.url() + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
