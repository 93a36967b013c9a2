package io.dynadiff.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.dynadiff.schemas.avro.FieldFrame;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The registry as Confluent's own client and as plain HTTP see it. */
@Tag("slow")
class SchemaRegistryApiTest {

  private static final AvroSchema ONE_FIELD =
      new AvroSchema(
          "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"long\"}]}");
  private static final AvroSchema NEW_FIELD_WITH_DEFAULT =
      new AvroSchema(
          "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"long\"},{\"name\":\"b\",\"type\":\"long\",\"default\":0}]}");
  private static final AvroSchema NEW_FIELD_WITHOUT_DEFAULT =
      new AvroSchema(
          "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"long\"},{\"name\":\"c\",\"type\":\"long\"}]}");

  private static EmbeddedKafka kafka;
  private static CachedSchemaRegistryClient client;

  private final ObjectMapper json = new ObjectMapper();

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(EmbeddedOptions.temporary(1));
    client = new CachedSchemaRegistryClient(kafka.schemaRegistryUrl(), 100);
  }

  @AfterAll
  static void stop() throws Exception {
    client.close();
    kafka.close();
  }

  @Test
  void shouldGiveTheSameIdWhenASchemaIsRegisteredTwice() throws Exception {
    int id = client.register("same-value", ONE_FIELD);

    assertThat(freshClient().register("same-value", ONE_FIELD)).isEqualTo(id);
    assertThat(freshClient().register("other-value", ONE_FIELD)).isEqualTo(id);
    assertThat(freshClient().getId("same-value", ONE_FIELD)).isEqualTo(id);
    assertThat(freshClient().getVersion("same-value", ONE_FIELD)).isEqualTo(1);
    assertThat(freshClient().getSchemaById(id)).isEqualTo(ONE_FIELD);
    assertThat(client.getAllSubjects()).contains("same-value", "other-value");
  }

  @Test
  void shouldTakeACompatibleVersionAndRefuseAnIncompatibleOneWhenBackward() throws Exception {
    client.register("evolving-value", ONE_FIELD);
    client.register("evolving-value", NEW_FIELD_WITH_DEFAULT);

    assertThat(client.getAllVersions("evolving-value")).containsExactly(1, 2);
    assertThat(client.testCompatibility("evolving-value", NEW_FIELD_WITHOUT_DEFAULT)).isFalse();
    assertThatThrownBy(() -> client.register("evolving-value", NEW_FIELD_WITHOUT_DEFAULT))
        .isInstanceOfSatisfying(
            RestClientException.class,
            refusal -> {
              assertThat(refusal.getStatus()).isEqualTo(409);
              assertThat(refusal.getErrorCode()).isEqualTo(409);
              assertThat(refusal).hasMessageContaining("READER_FIELD_MISSING_DEFAULT_VALUE");
            });
    assertThat(client.getAllVersions("evolving-value")).containsExactly(1, 2);
  }

  @Test
  void shouldFollowTheSubjectsOwnLevelWhenItHasOne() throws Exception {
    client.register("free-value", ONE_FIELD);
    assertThat(client.getCompatibility("")).isEqualTo("BACKWARD");
    client.updateCompatibility("free-value", "NONE");

    client.register("free-value", NEW_FIELD_WITHOUT_DEFAULT);

    assertThat(client.getCompatibility("free-value")).isEqualTo("NONE");
    assertThat(client.getAllVersions("free-value")).containsExactly(1, 2);
  }

  @Test
  void shouldHideThenForgetWhenASubjectIsDeletedTwice() throws Exception {
    int id = client.register("gone-value", ONE_FIELD);

    assertThat(client.deleteSubject("gone-value")).containsExactly(1);
    assertThat(client.getAllSubjects()).doesNotContain("gone-value");
    assertThat(freshClient().getSchemaById(id)).isEqualTo(ONE_FIELD);
    assertThat(client.deleteSubject("gone-value", true)).containsExactly(1);
    assertThat(get("/subjects/gone-value/versions?deleted=true").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldHoldTheRealRecordsWhenTheyAreRegistered() throws Exception {
    int id = client.register("frames-value", new AvroSchema(FieldFrame.getClassSchema()));

    JsonNode answer = json.readTree(get("/schemas/ids/" + id).body());
    assertThat(new AvroSchema(answer.get("schema").asText()).rawSchema())
        .isEqualTo(FieldFrame.getClassSchema());
    HttpResponse<String> latest = get("/subjects/frames-value/versions/latest");
    assertThat(latest.headers().firstValue("Content-Type"))
        .contains("application/vnd.schemaregistry.v1+json");
    assertThat(json.readTree(latest.body()).get("version").asInt()).isEqualTo(1);
  }

  @Test
  void shouldAnswerWithConfluentsErrorCodesWhenARequestIsWrong() throws Exception {
    client.register("known-value", ONE_FIELD);

    for (List<Object> expected :
        List.<List<Object>>of(
            List.of("/subjects/unknown/versions", 404, 40401),
            List.of("/subjects/known-value/versions/9", 404, 40402),
            List.of("/subjects/known-value/versions/0", 422, 42202),
            List.of("/schemas/ids/9999", 404, 40403),
            List.of("/config/known-value", 404, 40408),
            List.of("/nowhere", 404, 404))) {
      HttpResponse<String> answer = get((String) expected.get(0));
      assertThat(answer.statusCode()).as("%s", expected).isEqualTo(expected.get(1));
      assertThat(json.readTree(answer.body()).get("error_code").asInt())
          .as("%s", expected)
          .isEqualTo(expected.get(2));
    }
    HttpResponse<String> invalid =
        post("/subjects/known-value/versions", "{\"schema\":\"{\\\"type\\\":\\\"nonsense\\\"}\"}");
    assertThat(invalid.statusCode()).isEqualTo(422);
    assertThat(json.readTree(invalid.body()).get("error_code").asInt()).isEqualTo(42201);
    assertThat(post("/subjects/known-value/versions", "{not json").statusCode()).isEqualTo(400);
  }

  private static CachedSchemaRegistryClient freshClient() {
    return new CachedSchemaRegistryClient(kafka.schemaRegistryUrl(), 100);
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(kafka.schemaRegistryUrl() + path)));
  }

  private static HttpResponse<String> post(String path, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(kafka.schemaRegistryUrl() + path))
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
