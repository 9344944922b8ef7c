package io.github.rocketmigrate.check;

import io.github.rocketmigrate.model.CheckName;

/** Everything that the topic holds in the cluster that is to be left was consumed. */
final class SourceDrained implements TopicCheck {
    @Override
    public CheckName name() {
        return CheckName.SOURCE_DRAINED;
    }

    @Override
    public Findings judge(TopicStep move) {
        return Remaining.at(move.left(), move);
    }
}
