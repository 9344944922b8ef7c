package io.github.rocketmigrate.check;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.check.Verdict.Passed;
import io.github.rocketmigrate.model.CheckName;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Situation;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** Every master that was there in an earlier run is there: a name server forgets a broker the moment it dies. */
final class BrokersPresent implements Check {
    @Override
    public CheckName name() {
        return CheckName.BROKERS_PRESENT;
    }

    @Override
    public Verdict judge(Situation situation) {
        List<String> gone = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Side side : Side.values()) {
            SortedSet<String> absent = situation.absent(side);
            if (!absent.isEmpty()) {
                gone.add("the " + side.word() + "'s " + String.join(", ", absent));
                names.addAll(absent);
            }
        }
        if (!gone.isEmpty()) {
            return new Failed(
                    String.join(" and ", gone) + " took part in an earlier run, and not every name server lists "
                            + (names.size() == 1 ? "it" : "them") + " now",
                    "Start " + (names.size() == 1 ? "it" : "them")
                            + "; or, if taken out for good: mvn migrate:apply -Dmigrate.forgetBrokers="
                            + String.join(",", names));
        }
        int recorded = situation.recorded().mastersOf(Side.SOURCE).size()
                + situation.recorded().mastersOf(Side.DESTINATION).size();
        return new Passed(
                recorded == 0
                        ? "no earlier run has recorded any"
                        : "all " + recorded + " of earlier runs are at every name server");
    }
}
