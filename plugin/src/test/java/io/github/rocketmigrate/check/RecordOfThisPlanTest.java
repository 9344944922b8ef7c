package io.github.rocketmigrate.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.check.Verdict.Passed;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.ForeignRecord;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.plan.Plans;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.MigrationRecord.Ownership;
import io.github.rocketmigrate.record.MigrationRecord.RecordedBatch;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import io.github.rocketmigrate.record.RecordFormat;
import io.github.rocketmigrate.record.RecordedSource;
import io.github.rocketmigrate.record.SettingsHash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Two plans of one name: neither touches what the other has recorded. */
final class RecordOfThisPlanTest extends ClusterStory {
    private static final String NAME = Plans.plan(ONE).name().value();

    RecordOfThisPlanTest() {
        super(new RecordOfThisPlan());
    }

    private static RecordedSource at(String cluster, String... addresses) {
        return new RecordedSource(cluster, new TreeSet<>(List.of(addresses)));
    }

    private Situation recorded(Optional<RecordedSource> from, String batch, String... topics) {
        SortedMap<String, RecordedObject> objects = new TreeMap<>();
        for (String topic : topics) {
            objects.put(
                    SettingsHash.topicKey(topic), new RecordedObject(Optional.empty(), "abcdefgh", Ownership.CREATED));
        }
        MigrationRecord record = new MigrationRecord(
                new TreeMap<>(Map.of(batch, new RecordedBatch(1, objects))),
                Map.of(Side.SOURCE, new TreeSet<>(List.of("broker-a"))),
                new TreeSet<>(List.of("broker-a")),
                false,
                new TreeSet<>(),
                3,
                new TreeMap<>(),
                from);
        return Situations.recording(
                Situations.of(ONE, source, destination),
                RecordFormat.read(NAME, Map.of("new:9876", RecordFormat.all(NAME, true, record))));
    }

    @Test
    void theRecordOfAnotherSourceIsLeftAlone() {
        Situation situation = recorded(Optional.of(at("old", "10.0.9.1:9876", "10.0.9.2:10911")), "all", "user-events");
        Verdict verdict = judge(situation);
        assertThat(verdict).isInstanceOf(Failed.class);
        assertThat(verdict.what())
                .isEqualTo(
                        "the destination's name servers have a record of plan '" + NAME + "' of another source, cluster"
                                + " old with 10.0.9.1:9876, 10.0.9.2:10911; the source of this plan is cluster old with"
                                + " old.old-a:10911, old:9876");
        assertThat(((Failed) verdict).fix())
                .isEqualTo(
                        "Give one of the two plans another name. If the other migration is over, remove its record: mvn"
                                + " migrate:apply -Dmigrate.forgetPlan=" + NAME);
        assertThat(Assessment.of(situation).mayRecord()).isFalse();
        assertThat(situation.absent(Side.SOURCE))
                .describedAs("nobody is asked to forget the brokers of the other source")
                .isEmpty();
    }

    @Test
    void clustersOfOneNameAreTheSameIfAnAddressIs() {
        assertThat(judge(recorded(Optional.of(at("old", "10.0.9.1:9876", "old.old-a:10911")), "all", "user-events")))
                .isInstanceOf(Passed.class);
        assertThat(judge(recorded(Optional.of(at("other", "old.old-a:10911")), "all", "user-events")))
                .isInstanceOf(Failed.class);
    }

    @Test
    void aRecordOfAnEarlierVersionIsThePlans() {
        assertThat(judge(recorded(Optional.empty(), "all", "user-events"))).isInstanceOf(Passed.class);
    }

    @Test
    void aBatchWithObjectsThatThePlanDoesNotHaveIsOfAnotherPlan() {
        Situation situation = recorded(own(), "mail", "mail-out", "mail-in");
        Verdict verdict = judge(situation);
        assertThat(verdict.what())
                .isEqualTo(
                        "the record of plan '" + NAME + "' has batch mail with 2 objects that this plan does not have");
        assertThat(((Failed) verdict).fix()).contains("put them back", "-Dmigrate.forgetPlan=" + NAME);
        assertThat(Assessment.of(situation).mayRecord()).isFalse();
    }

    @Test
    void aBatchMayBeRenamed() {
        Situation situation = recorded(own(), "first-name", "user-events");
        assertThat(judge(situation)).isInstanceOf(Passed.class);
        assertThat(ForeignRecord.in(situation)).isEmpty();
    }

    @Test
    void theWayBackStaysOpen() {
        assertThat(new RecordOfThisPlan().before())
                .contains(Purpose.JOIN, Purpose.LEAVE_JOIN, Purpose.WRITE_OBJECTS)
                .doesNotContain(Purpose.BACK, Purpose.OPEN_FENCE, Purpose.FINISH);
    }

    private Optional<RecordedSource> own() {
        Metadata here = source.build();
        return Optional.of(RecordedSource.of(here));
    }
}
