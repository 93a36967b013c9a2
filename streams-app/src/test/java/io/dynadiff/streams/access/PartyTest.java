package io.dynadiff.streams.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.junit.jupiter.api.Test;

class PartyTest {

  private static final TopicCatalogue TOPICS = new TopicCatalogue(4, (short) 1, "field.");

  @Test
  void shouldLetOnlyOneWriteWhatControlsOthers() {
    assertThat(writersOf(Topic.WEIGHTS)).containsExactly(Party.GENERATE);
    assertThat(writersOf(Topic.PROMPTS)).containsExactly(Party.ADAPT);
    assertThat(writersOf(Topic.FRAMES_ADMITTED)).containsExactly(Party.ADAPT);
    assertThat(writersOf(Topic.FORECASTS)).containsExactly(Party.FORECAST);
    assertThat(writersOf(Topic.SCORES)).containsExactly(Party.VERIFY);
    assertThat(writersOf(Topic.CONTROLS)).containsExactly(Party.OPERATOR);
    assertThat(writersOf(Topic.BUNDLES)).containsExactly(Party.TRAINER);
  }

  @Test
  void shouldNameResourcesWithThePrefixAndNothingWider() {
    for (Party party : Party.values()) {
      List<AclBinding> grants = party.grants("User:x", TOPICS);
      assertThat(grants)
          .as(party.name())
          .doesNotHaveDuplicates()
          .allSatisfy(
              grant -> {
                assertThat(grant.pattern().name()).startsWith("field.");
                assertThat(grant.entry().principal()).isEqualTo("User:x");
                assertThat(grant.entry().operation())
                    .isNotIn(AclOperation.ALL, AclOperation.ALTER, AclOperation.CLUSTER_ACTION);
              });
      assertThat(grants.stream().filter(g -> g.pattern().patternType() == PatternType.PREFIXED))
          .as("what is prefixed is the part's own")
          .allSatisfy(
              grant ->
                  assertThat(grant.pattern().name())
                      .startsWith(
                          switch (party) {
                            case TRAINER -> "field.zoo.tasks";
                            case PRODUCER -> "field.dynadiff-frames-";
                            default ->
                                "field.dynadiff-" + party.name().toLowerCase(Locale.ROOT) + "-";
                          }));
    }
  }

  @Test
  void shouldRefuseWhenThePrincipalHasNoType() {
    assertThatThrownBy(() -> Party.ADAPT.grants("adapt", TOPICS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("principal: expected a type and a name, for example User:adapt, found adapt");
  }

  @Test
  void shouldStandInTheDocumentationAsItIs() throws IOException {
    String documentation = Files.readString(Path.of("../docs/operations.md"));
    for (Party party : Party.values()) {
      assertThat(documentation)
          .contains(
              "| %s | %s | %s |"
                  .formatted(
                      party.name().toLowerCase(Locale.ROOT),
                      names(party.reads().stream().toList()),
                      names(party.writes().stream().toList())));
    }
  }

  private static String names(List<Topic> topics) {
    if (topics.size() == Topic.values().length) {
      return "all";
    }
    return topics.isEmpty()
        ? "none"
        : topics.stream()
            .sorted()
            .map(topic -> "`" + topic.topicName() + "`")
            .collect(Collectors.joining(", "));
  }

  private static List<Party> writersOf(Topic topic) {
    return Arrays.stream(Party.values()).filter(party -> party.writes().contains(topic)).toList();
  }
}
