package io.github.rocketmigrate.plan;

import io.github.rocketmigrate.plan.MigrationPlan.RowAnswer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds answers to questions that the examination does not ask, and questions that are answered twice. */
final class AnswerRules {
    private final List<RowAnswer> answers;
    private final Set<String> rows;

    /** @param rows the ids of the examination's rows */
    AnswerRules(List<RowAnswer> answers, Set<String> rows) {
        this.answers = List.copyOf(answers);
        this.rows = Set.copyOf(rows);
    }

    List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        Map<String, Located<String>> seen = new HashMap<>();
        for (RowAnswer answer : answers) {
            String id = answer.id().value();
            Located<String> first = seen.putIfAbsent(id, answer.id());
            if (first != null) {
                problems.add(new Problem(
                        Rule.ANSWERED_TWICE,
                        answer.id().at(),
                        "row '" + id + "' is answered already in line "
                                + first.at().line() + "; keep the answer that holds"));
            } else if (!id.isEmpty() && !rows.contains(id)) {
                problems.add(new Problem(
                        Rule.ANSWER_UNKNOWN_ROW,
                        answer.id().at(),
                        "row '" + id + "' does not exist; write the id that migrate:assess prints in front of the"
                                + " question"));
            }
        }
        return problems;
    }
}
