package io.github.rocketmigrate.check;

import io.github.rocketmigrate.model.CheckName;

/** Nothing comes to the topic any more in the cluster that is to be left. */
final class SourceQuiet implements TopicCheck {
    @Override
    public CheckName name() {
        return CheckName.SOURCE_QUIET;
    }

    @Override
    public Findings judge(TopicStep move) {
        return Quiet.at(move.left(), move);
    }
}
