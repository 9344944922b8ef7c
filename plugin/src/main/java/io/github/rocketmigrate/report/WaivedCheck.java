package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Judgement.PassedOver;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.plan.MigrationPlan.Waiver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says what a waiver passes over, so that reviewers and operators see it.
 *
 * @param topic empty for both clusters
 * @param what the reasons of the check that do not count
 */
record WaivedCheck(String check, Optional<String> topic, String what, Waiver waiver) {
    private static final int MOST_REASONS = 3;

    WaivedCheck {
        requireNonNull(check, "check is null");
        requireNonNull(topic, "topic is null");
        requireNonNull(what, "what is null");
        requireNonNull(waiver, "waiver is null");
    }

    /** One for each waiver of each check. A check that still fails for another reason may have some too. */
    static List<WaivedCheck> in(List<Judgement> judgements) {
        List<WaivedCheck> all = new ArrayList<>();
        for (Judgement judgement : judgements) {
            Map<Waiver, List<String>> reasons = new LinkedHashMap<>();
            for (PassedOver one : judgement.passedOver()) {
                reasons.computeIfAbsent(one.waiver(), key -> new ArrayList<>())
                        .add(one.finding().verdict().what());
            }
            reasons.forEach((waiver, whats) ->
                    all.add(new WaivedCheck(judgement.check().name(), judgement.topic(), first(whats), waiver)));
        }
        return all;
    }

    private static String first(List<String> reasons) {
        return reasons.stream().limit(MOST_REASONS).collect(joining("; "))
                + (reasons.size() > MOST_REASONS ? "; and " + (reasons.size() - MOST_REASONS) + " more" : "");
    }

    static List<String> lines(List<WaivedCheck> waived) {
        return waived.stream().map(WaivedCheck::words).toList();
    }

    Position at() {
        return waiver.check().at();
    }

    String words() {
        return check + topic.map(name -> " of " + name).orElse("") + ": " + what + Verdict.Waived.by(waiver);
    }
}
