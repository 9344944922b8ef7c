package io.github.rocketmigrate.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says once for both clusters what a check of both clusters found before the steps of all topics. */
final class ClusterWide {
    private ClusterWide() {}

    /** The same judgements. A check whose verdict depends on the topic, because some topics waive it, stays as it is. */
    static List<Judgement> grouped(List<Judgement> judgements) {
        Map<String, Set<Verdict>> verdicts = judgements.stream()
                .filter(judgement -> judgement.check().isOfClusters())
                .collect(groupingBy(judgement -> judgement.check().name(), mapping(Judgement::verdict, toSet())));
        Set<String> said = new HashSet<>();
        List<Judgement> ofClusters = new ArrayList<>();
        List<Judgement> ofTopics = new ArrayList<>();
        for (Judgement judgement : judgements) {
            String name = judgement.check().name();
            if (verdicts.getOrDefault(name, Set.of()).size() == 1) {
                if (said.add(name)) {
                    ofClusters.add(ofClusters(judgement));
                }
            } else {
                (judgement.topic().isEmpty() ? ofClusters : ofTopics).add(judgement);
            }
        }
        ofClusters.addAll(ofTopics);
        return ofClusters;
    }

    private static Judgement ofClusters(Judgement judgement) {
        return new Judgement(
                judgement.check(),
                Optional.empty(),
                judgement.verdict(),
                judgement.findings(),
                judgement.outlook(),
                judgement.passedOver());
    }
}
