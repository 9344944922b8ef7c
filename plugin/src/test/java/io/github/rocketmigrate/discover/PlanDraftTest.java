package io.github.rocketmigrate.discover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.LastConsumed;
import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.discover.SourceGroup.Members;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.PlanReading;
import io.github.rocketmigrate.plan.Plans;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The text of a discovered plan, read back as users and goals read it. */
final class PlanDraftTest {
    private static final ClusterAddress SOURCE = new ClusterAddress(
            List.of("${source.nameServers}"),
            "the property source.nameServers of the build",
            Optional.of("old"),
            Optional.of("rocketmq-source"),
            Optional.of("true"));
    private static final ClusterAddress DESTINATION = new ClusterAddress(
            List.of("10.0.1.11:9876", "10.0.1.12:9876"),
            "from migrate.destination.nameServers",
            Optional.empty(),
            Optional.empty(),
            Optional.of("true"));

    private final SortedMap<String, SourceTopic> topics = new TreeMap<>();
    private final SortedMap<String, SourceGroup> groups = new TreeMap<>();

    private void topic(String name, Map<MessageType, Integer> sampled, String... ofTopic) {
        topics.put(
                name,
                new SourceTopic(
                        name,
                        new TreeSet<>(),
                        List.of(),
                        new MessageSample(sampled, new TreeSet<>(), 100, Optional.empty()),
                        1_000,
                        1_000,
                        new TreeSet<>(List.of(ofTopic))));
    }

    private void group(String name, Members members, OptionalLong unread) {
        groups.put(
                name,
                new SourceGroup(
                        name,
                        false,
                        Optional.of(ConsumeMode.PUSH).filter(mode -> members.running() > 0),
                        false,
                        members,
                        new TreeSet<>(),
                        unread,
                        Optional.of(LastConsumed.of(Instant.parse("2026-11-03T14:05:33Z")))
                                .filter(last -> members.running() == 0)));
    }

    private Discovery discovery() {
        return Discovery.of("old", topics, groups, List.of(), Optional.empty());
    }

    private static PlanReading read(String text) {
        return Plans.read(text, Map.of("source.nameServers", "10.0.0.11:9876"));
    }

    @Test
    void everyValueHasItsEvidenceBehindIt() {
        topic("clicks", Map.of(MessageType.NORMAL, 64), "audit");
        topic("reminders", Map.of(MessageType.NORMAL, 60, MessageType.DELAY, 4));
        group("audit", new Members(2, 0, 2), OptionalLong.of(0));
        group("mailer", new Members(0, 0, 0), OptionalLong.of(12));
        String text = new PlanDraft(SOURCE, DESTINATION).text(discovery());
        assertThat(text).isEqualTo("""
                # yaml-language-server: $schema=https://rocketmigrate.github.io/schema/migration-plan-1.json
                # Written by migrate:discover. Decide every TODO, and read the evidence behind the other values.
                # Values that are certain come from brokers and running clients. Likely values come from a sample, which may
                # miss rare messages.
                version: 1
                name: old-migration   # appears in reports and records: choose it before the first apply

                source:
                  nameServers:   # the property source.nameServers of the build
                    - "${source.nameServers}"
                  cluster: old
                  credentials: rocketmq-source
                  tls: true

                destination:
                  nameServers:   # from migrate.destination.nameServers
                    - "10.0.1.11:9876"
                    - "10.0.1.12:9876"
                  tls: true

                # A topic moves only after you have set another stage than source, which is the default. If this plan is only to
                # create topics and groups at the destination, remove the key traffic before the first apply.
                traffic: { routing: join }

                # Give each batch an owner, such as "owner: team-orders": plan addresses to owners what they have to do.
                batches:
                  - name: independent
                    # nothing was seen that couples these topics; to move one at a time, give each its own stage
                    topics:
                      - name: clicks
                        type: NORMAL   # likely: 64 NORMAL of 64 sampled; at most 4.7 % have another type (95 % sure)
                      - name: reminders
                        type: TODO   # 60 NORMAL, 4 DELAY of 64 sampled
                    groups:
                      - name: audit
                        order: CONCURRENT   # certain: 2 CONCURRENT of 2 running members

                  - name: groups-without-topics
                    # no topic of the plan is known to be consumed by these groups
                    groups:
                      - name: mailer
                        order: TODO   # nobody runs it; consumed up to a message of 2026-11-03 14:05 UTC; 12 messages unread
                """);
        assertThat(read(text).problems())
                .extracting(problem -> problem.rule().code() + " " + problem.what())
                .containsExactly(
                        "MIG-235 type of topic 'reminders' is not decided (60 NORMAL, 4 DELAY of 64 sampled); replace TODO by"
                                + " one of NORMAL, FIFO, DELAY, TRANSACTION, MIXED",
                        "MIG-235 order of group 'mailer' is not decided (nobody runs it; consumed up to a message of 2026-11-03 14:05 UTC; 12 messages unread); replace TODO"
                                + " by CONCURRENT or ORDERLY");
    }

    @Test
    void withEveryTodoDecidedThePlanIsValid() {
        topic("clicks", Map.of());
        group("audit", new Members(0, 0, 0), OptionalLong.empty());
        String text = new PlanDraft(SOURCE, DESTINATION).text(discovery());
        PlanReading reading =
                read(text.replace("type: TODO", "type: NORMAL").replace("order: TODO", "order: CONCURRENT"));
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.plan().orElseThrow().source().nameServers())
                .extracting(address -> address.value())
                .containsExactly("10.0.0.11:9876");
    }

    /** Names that YAML would read as something else, and text of clients in comments. */
    @Test
    void namesAreReadBackAsTheyAre() {
        List<String> names = List.of(
                "123",
                "1e3",
                "0x10",
                "no",
                "NO",
                "y",
                "Null",
                "true",
                "2026-01-01",
                "-dash",
                "%percent",
                "a|b",
                "TODO",
                "_x",
                "plain-name_1");
        names.forEach(name -> topic(name, Map.of(MessageType.NORMAL, 64)));
        names.forEach(name -> group("g" + name, new Members(1, 0, 1), OptionalLong.empty()));
        MigrationPlan plan = read(new PlanDraft(SOURCE, DESTINATION).text(discovery()))
                .plan()
                .orElseThrow();
        assertThat(plan.plannedTopicNames()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(plan.plannedGroupNames())
                .containsExactlyInAnyOrderElementsOf(
                        names.stream().map(name -> "g" + name).toList());
    }

    /** What a broker says must not end the comment. */
    @Test
    void aCommentStaysOnItsLine() {
        topics.put(
                "clicks",
                new SourceTopic(
                        "clicks",
                        new TreeSet<>(),
                        List.of(),
                        MessageSample.unseen("denied\n        type: NORMAL"),
                        10,
                        10,
                        new TreeSet<>()));
        assertThat(read(new PlanDraft(SOURCE, DESTINATION).text(discovery())).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("denied<U+000A>"));
    }

    @Test
    void theEvidenceIsWrittenForPrograms() throws IOException {
        topic("reminders", Map.of(MessageType.NORMAL, 60, MessageType.DELAY, 4), "audit");
        group("audit", new Members(3, 0, 2), OptionalLong.of(7));
        JsonNode evidence = new ObjectMapper().readTree(InferenceFile.text(discovery()));
        JsonNode topic = evidence.at("/topics/0");
        assertThat(topic.path("confidence").asText()).isEqualTo("asked");
        assertThat(topic.has("type")).isFalse();
        assertThat(topic.path("sampled").asInt()).isEqualTo(64);
        assertThat(topic.at("/sampledTypes/DELAY").asInt()).isEqualTo(4);
        assertThat(topic.path("stored").asInt()).isEqualTo(1_000);
        JsonNode group = evidence.at("/groups/0");
        assertThat(group.path("order").asText()).isEqualTo("CONCURRENT");
        assertThat(group.path("confidence").asText()).isEqualTo("likely");
        assertThat(group.at("/members/running").asInt()).isEqualTo(3);
        assertThat(group.path("unread").asInt()).isEqualTo(7);
        assertThat(evidence.at("/batches/0/topics/0").asText()).isEqualTo("reminders");
    }
}
