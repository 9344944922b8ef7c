package io.github.rocketmigrate.check;

import io.github.rocketmigrate.model.CheckName;
import io.github.rocketmigrate.observe.Situation;

/** A condition that must hold before a step. It judges what was read; it never reads, waits or writes. */
interface Check {
    CheckName name();

    Verdict judge(Situation situation);
}
