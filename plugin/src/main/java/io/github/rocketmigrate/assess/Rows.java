package io.github.rocketmigrate.assess;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Lists every row of the examination, group by group, in the order of reports. */
public final class Rows {
    private static final List<RowRule> CLUSTERS = List.of(
            ReleaseRows.answers(),
            ReleaseRows.source(),
            ReleaseRows.destination(),
            ReleaseRows.mixed(),
            ReleaseRows.faults(),
            JoinRows.lever(),
            JoinRows.brokerNames(),
            JoinRows.clusterNames(),
            JoinRows.zones(),
            JoinRows.autoCreation(),
            JoinRows.nameServers(),
            JoinRows.oneClient(),
            BrokerRows.proxies(),
            BrokerRows.accessControl(),
            BrokerRows.stores(),
            BrokerRows.escape(),
            BrokerRows.masters(),
            BrokerRows.permissions(),
            StorageRows.disk(),
            StorageRows.retention(),
            StorageRows.sizes());

    private static final List<RowRule> TOPICS = List.of(
            MessageRows.types(),
            MessageRows.sizes(),
            DelayRows.longest(),
            DelayRows.settings(),
            HeldRows.delayed(),
            HeldRows.retries(),
            HeldRows.transactions(),
            HeldRows.deadLetters(),
            TopicRows.publishedOrders(),
            TopicRows.kinds(),
            TopicNameRows.names(),
            TopicRows.queues(),
            TopicRows.quotas(),
            TopicRows.unused(),
            TopicNameRows.inBoth(),
            TopicNameRows.namedLikeGroups());

    private static final List<RowRule> GROUPS = List.of(
            MemberRows.orders(),
            MemberRows.broadcasting(),
            MemberRows.filters(),
            MemberRows.subscriptions(),
            GroupRows.retries(),
            MemberRows.offline(),
            GroupRows.manyTopics(),
            GroupRows.inBoth(),
            GroupRows.names(),
            MemberRows.pop(),
            GroupRows.disabled());

    private static final List<RowRule> APPLICATIONS = List.of(
            ApplicationRows.releases(),
            ApplicationRows.vip(),
            ApplicationRows.pull(),
            ProxyRows.clients(),
            ApplicationRows.faultTolerance(),
            ApplicationRows.trace(),
            ApplicationRows.connectors(),
            ApplicationRows.producers(),
            ProxyRows.applications(),
            QuestionRows.http(),
            QuestionRows.grpcOne(),
            QuestionRows.tcp(),
            QuestionRows.globalRouting(),
            QuestionRows.streams());

    private static final List<RowRule> ACCESS = List.of(
            AccessRows.accounts(),
            AccessRows.rules(),
            AccessRows.whiteLists(),
            AccessRows.defaults(),
            AccessRows.trace(),
            AccessRows.alike());

    private static final List<RowRule> FIT = List.of(FitRows.load(), FitRows.disk());

    private static final List<RowRule> QUESTIONS = List.of(QuestionRows.idempotent(), QuestionRows.managedRelease());

    private static final List<RowRule> ALL = Stream.of(CLUSTERS, TOPICS, GROUPS, APPLICATIONS, ACCESS, FIT, QUESTIONS)
            .flatMap(List::stream)
            .toList();

    private Rows() {}

    public static List<RowRule> all() {
        return ALL;
    }

    public static Set<String> ids() {
        return ALL.stream().map(RowRule::id).collect(toUnmodifiableSet());
    }

    /** Examines what was read. */
    public static List<AssessedRow> of(Observation seen) {
        return ALL.stream().map(rule -> rule.row(seen)).toList();
    }
}
