package io.github.rocketmigrate.report;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.record.MigrationRecord.Ownership;
import io.github.rocketmigrate.record.SettingsHash;
import io.github.rocketmigrate.text.Counts;
import java.util.Optional;

/** Says what a plan without {@code traffic} will need when {@code traffic} is added with {@code routing: join}. */
final class JoinLater {
    private JoinLater() {}

    /** Nothing if the plan creates nothing. */
    static Optional<String> note(PlanReport report) {
        Situation situation = report.situation();
        long topics = situation.scope().topics().stream()
                        .filter(topic -> isOurs(situation, SettingsHash.topicKey(topic.name())))
                        .count()
                + created(report, Subject.Kind.TOPIC);
        long groups = situation.scope().groups().stream()
                        .filter(group -> isOurs(situation, SettingsHash.groupKey(group.name())))
                        .count()
                + created(report, Subject.Kind.GROUP);
        if (topics + groups == 0) {
            return Optional.empty();
        }
        return Optional.of("If you add traffic with routing: join later, the " + Counts.of(topics, "topic") + " and "
                + Counts.of(groups, "group")
                + " that this plan creates must be removed first: keep them unused, and run"
                + " apply with -Dmigrate.removeEmpty=true.");
    }

    private static boolean isOurs(Situation situation, String key) {
        return situation
                .recorded()
                .of(key)
                .filter(entry -> entry.ownership() == Ownership.CREATED)
                .isPresent();
    }

    private static long created(PlanReport report, Subject.Kind kind) {
        return report.changes().changes().stream()
                .filter(PlanReport::isCreation)
                .map(Change::subject)
                .filter(subject -> subject.kind() == kind)
                .count();
    }
}
