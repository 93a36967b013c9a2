package io.dynadiff.streams.access;

import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicCatalogue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Who takes part, and the least that each needs of the broker. Whoever writes {@code weights}
 * controls every forecaster, so only {@link #GENERATE} may; whoever writes {@code prompts} decides
 * what is generated, so only {@link #ADAPT} may.
 *
 * <p>None may create topics of the catalogue: an administrator does that first.
 */
public enum Party {
  /** The role adapt. */
  ADAPT(
      Kind.STREAMS,
      EnumSet.of(Topic.FRAMES, Topic.SCORES, Topic.CONTROLS, Topic.BUNDLES),
      EnumSet.of(Topic.FRAMES_ADMITTED, Topic.FRAMES_REJECTED, Topic.PROMPTS, Topic.ADAPTATIONS)),
  /** The role generate. */
  GENERATE(
      Kind.TRANSACTIONAL,
      EnumSet.of(Topic.PROMPTS, Topic.BUNDLES),
      EnumSet.of(Topic.WEIGHTS, Topic.ADAPTATIONS)),
  /** The role forecast. */
  FORECAST(
      Kind.STREAMS,
      EnumSet.of(Topic.FRAMES_ADMITTED, Topic.SCORES, Topic.CONTROLS, Topic.WEIGHTS, Topic.BUNDLES),
      EnumSet.of(Topic.FORECASTS, Topic.ADAPTATIONS)),
  /** The role verify. */
  VERIFY(
      Kind.STREAMS,
      EnumSet.of(Topic.FRAMES_ADMITTED, Topic.FORECASTS, Topic.BUNDLES),
      EnumSet.of(Topic.SCORES)),
  /** Simulations, replays and sensors; they read where an earlier run of theirs stopped. */
  PRODUCER(Kind.FEED, EnumSet.of(Topic.FRAMES), EnumSet.of(Topic.FRAMES)),
  /** A person who gives orders about experts. */
  OPERATOR(Kind.CLIENT, EnumSet.allOf(Topic.class), EnumSet.of(Topic.CONTROLS)),
  /** Training: its workers' topics, and the announcement of what it has made. */
  TRAINER(
      Kind.TRAINING,
      EnumSet.of(Topic.ZOO_TASKS, Topic.ZOO_RESULTS, Topic.BUNDLES),
      EnumSet.of(Topic.ZOO_TASKS, Topic.ZOO_RESULTS, Topic.BUNDLES)),
  /** Dashboards and people who only look. */
  OBSERVER(Kind.CLIENT, EnumSet.allOf(Topic.class), EnumSet.noneOf(Topic.class));

  private enum Kind {
    CLIENT,
    FEED,
    TRAINING,
    TRANSACTIONAL,
    STREAMS
  }

  private static final String ANY_HOST = "*";

  private final Kind kind;
  private final Set<Topic> reads;
  private final Set<Topic> writes;

  Party(Kind kind, Set<Topic> reads, Set<Topic> writes) {
    this.kind = kind;
    this.reads = Set.copyOf(reads);
    this.writes = Set.copyOf(writes);
  }

  /** Topics it may read. */
  public Set<Topic> reads() {
    return reads;
  }

  /** Topics it may write. */
  public Set<Topic> writes() {
    return writes;
  }

  /**
   * The grants that let a principal play this part.
   *
   * @param principal type and name as the broker sees them, for example {@code User:adapt}
   * @param topics layout whose prefix the names of topics, groups and transactions begin with
   */
  public List<AclBinding> grants(String principal, TopicCatalogue topics) {
    if (!principal.matches("[A-Za-z]+:.+")) {
      throw new IllegalArgumentException(
          "principal: expected a type and a name, for example User:adapt, found " + principal);
    }
    List<AclBinding> grants = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      // At its start every part compares the topics with the catalogue.
      ResourcePattern pattern = literal(ResourceType.TOPIC, topics.name(topic));
      grants.add(grant(pattern, principal, AclOperation.DESCRIBE));
      grants.add(grant(pattern, principal, AclOperation.DESCRIBE_CONFIGS));
      if (reads.contains(topic)) {
        grants.add(grant(pattern, principal, AclOperation.READ));
      }
      if (writes.contains(topic)) {
        grants.add(grant(pattern, principal, AclOperation.WRITE));
      }
    }
    String application = topics.prefix() + "dynadiff-" + name().toLowerCase(Locale.ROOT);
    switch (kind) {
      case STREAMS -> {
        grants.add(grant(literal(ResourceType.GROUP, application), principal, AclOperation.READ));
        transactions(grants, application, principal);
        // Changelogs of its stores, which it makes itself; nobody else has a grant on them.
        ResourcePattern internal = prefixed(ResourceType.TOPIC, application + "-");
        for (AclOperation operation :
            List.of(
                AclOperation.CREATE,
                AclOperation.DESCRIBE,
                AclOperation.DESCRIBE_CONFIGS,
                AclOperation.READ,
                AclOperation.WRITE,
                AclOperation.DELETE)) {
          grants.add(grant(internal, principal, operation));
        }
      }
      case TRANSACTIONAL -> {
        grants.add(grant(literal(ResourceType.GROUP, application), principal, AclOperation.READ));
        transactions(grants, application, principal);
      }
      case FEED -> transactions(grants, topics.prefix() + "dynadiff-frames", principal);
      case TRAINING ->
          grants.add(
              grant(
                  prefixed(ResourceType.GROUP, topics.name(Topic.ZOO_TASKS)),
                  principal,
                  AclOperation.READ));
      case CLIENT -> {
        // Reads by offset, in no group.
      }
    }
    return List.copyOf(grants);
  }

  private static void transactions(List<AclBinding> grants, String application, String principal) {
    ResourcePattern ids = prefixed(ResourceType.TRANSACTIONAL_ID, application + "-");
    grants.add(grant(ids, principal, AclOperation.DESCRIBE));
    grants.add(grant(ids, principal, AclOperation.WRITE));
  }

  private static ResourcePattern literal(ResourceType type, String name) {
    return new ResourcePattern(type, name, PatternType.LITERAL);
  }

  private static ResourcePattern prefixed(ResourceType type, String name) {
    return new ResourcePattern(type, name, PatternType.PREFIXED);
  }

  private static AclBinding grant(
      ResourcePattern pattern, String principal, AclOperation operation) {
    return new AclBinding(
        pattern, new AccessControlEntry(principal, ANY_HOST, operation, AclPermissionType.ALLOW));
  }
}
