package io.github.rocketmigrate.check;

import io.github.rocketmigrate.cluster.HeldMessages;
import io.github.rocketmigrate.cluster.HeldMessages.Amount;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.text.Counts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds messages of a topic that brokers of one cluster keep back: delayed, half, or to be consumed again. */
final class Kept {
    private final TopicStep move;
    private final Side side;
    private final Findings findings;
    private final HeldMessages waiting;

    private Kept(TopicStep move, Side side, Findings findings) {
        this.move = move;
        this.side = side;
        this.findings = findings;
        this.waiting = move.traffic().at(side).waiting();
    }

    static void find(TopicStep move, Side side, Findings findings) {
        Kept kept = new Kept(move, side, findings);
        if (kept.waiting.kinds().isEmpty()) {
            findings.unknown("which of its messages the brokers of the " + side.word() + " keep back was not read");
            return;
        }
        List.of(HeldKind.values()).forEach(kept::kind);
        move.groups().forEach(kept::retries);
        move.groups().forEach(kept::popRetries);
    }

    private void kind(HeldKind kind) {
        Amount amount = waiting.kinds().getOrDefault(kind, Amount.NOTHING);
        long found = amount.of(move.name());
        String where = " at the " + side.word();
        Optional<String> unseen = amount.unseen();
        boolean mayHaveEnded = kind == HeldKind.HALF && unseen.isPresent();
        if (found > 0 && !mayHaveEnded) {
            findings.failed(
                    Counts.messages(found) + " of it " + (found == 1 ? "is " : "are ") + kind.word() + where,
                    switch (kind) {
                        case DELAYED, TIMED -> "Wait until they are due and consumed.";
                        case HALF -> "Let their producers commit them or roll them back.";
                    });
        } else if (unseen.isPresent()) {
            findings.unknown("of " + Counts.messages(amount.total()) + " of all topics that "
                    + (amount.total() == 1 ? "is " : "are ") + kind.word() + where + ", " + unseen.get()
                    + (found > 0 ? "; up to " + found + " are of this topic" : ""));
        }
    }

    private void retries(String group) {
        Amount amount = waiting.retries().getOrDefault(group, Amount.NOTHING);
        long found = amount.of(move.name());
        // Without a word of where they came from, they may be of any topic of the group.
        long strange = amount.of(Traffic.retries(group));
        if (found > 0) {
            again(group, found);
        } else if (amount.unseen().isPresent() || strange > 0) {
            findings.unknown(
                    group,
                    "of " + Counts.messages(amount.total()) + " that " + group + " consumes again at the "
                            + side.word() + ", "
                            + amount.unseen().orElse(strange + " do not say from which topic they are"));
        }
    }

    private void again(String group, long count) {
        findings.failed(
                group,
                Counts.messages(count) + " of the topic at the " + side.word() + " " + (count == 1 ? "is" : "are")
                        + " to be consumed again by " + group,
                "Wait until the group has consumed them; if it keeps failing, mend it.");
    }

    /** POP has topics of its own for this, one for each topic and group. */
    private void popRetries(String group) {
        long count = Traffic.retries(group, move.name()).stream()
                .filter(topic -> !topic.equals(Traffic.retries(group)))
                .map(topic -> move.traffic()
                        .at(side)
                        .progress()
                        .backlog(group, topic, move.traffic().at(side).ranges()))
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .sum();
        if (count > 0) {
            again(group, count);
        }
    }
}
