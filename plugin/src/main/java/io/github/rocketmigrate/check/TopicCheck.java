package io.github.rocketmigrate.check;

import io.github.rocketmigrate.model.CheckName;

/** A condition that must hold for a topic before its next step. It judges what was read; it never reads or waits. */
interface TopicCheck {
    CheckName name();

    /** What speaks against the step, one thing after the other. */
    Findings judge(TopicStep move);

    /** Whether it depends on what goes on with the topic, and not on permissions and brokers alone. */
    default boolean looksAtTraffic() {
        return true;
    }
}
