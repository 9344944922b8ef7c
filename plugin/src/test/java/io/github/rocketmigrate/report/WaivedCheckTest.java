package io.github.rocketmigrate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.CheckRegistry;
import io.github.rocketmigrate.check.Finding;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Judgement.PassedOver;
import io.github.rocketmigrate.check.Outlook;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.plan.MigrationPlan.Waiver;
import io.github.rocketmigrate.plan.Plans;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What waivers pass over is said for each of them, whether the check lets pass or not. */
final class WaivedCheckTest {
    private static final List<Waiver> WAIVERS = Plans.plan("""
                    batches:
                      - name: web
                        topics: [{ name: clicks, type: NORMAL }]
                        groups: [{ name: audit, order: CONCURRENT }, { name: mailer, order: CONCURRENT }]
                        waivers:
                          - { check: consumers-switched, groups: [audit], reason: weekly, owner: a, expires: 2999-12-31 }
                          - { check: consumers-switched, groups: [mailer], reason: gone, owner: b, expires: 2999-11-30 }
                    """).batches().get(0).waivers();

    @Test
    void eachWaiverHasALineWithItsOwnReason() {
        assertThat(WaivedCheck.lines(WaivedCheck.in(
                        List.of(judgement(passedOver("audit", WAIVERS.get(0)), passedOver("mailer", WAIVERS.get(1)))))))
                .containsExactly(
                        "consumers-switched of clicks: audit is offline (waived until 2999-12-31 by a: weekly)",
                        "consumers-switched of clicks: mailer is offline (waived until 2999-11-30 by b: gone)");
    }

    @Test
    void manyReasonsAreCut() {
        List<PassedOver> all = new ArrayList<>();
        for (String group : List.of("a", "b", "c", "d", "e")) {
            all.add(passedOver(group, WAIVERS.get(0)));
        }
        assertThat(WaivedCheck.lines(WaivedCheck.in(List.of(judgement(all.toArray(PassedOver[]::new))))))
                .containsExactly("consumers-switched of clicks: a is offline; b is offline; c is offline; and 2 more"
                        + " (waived until 2999-12-31 by a: weekly)");
    }

    /** The check still fails for another group. */
    private static Judgement judgement(PassedOver... passedOver) {
        Verdict rest = new Verdict.Failed("billing is offline", "Start it.");
        return new Judgement(
                CheckRegistry.of("consumers-switched").orElseThrow(),
                Optional.of("clicks"),
                rest,
                List.of(finding("billing", rest)),
                Outlook.UNKNOWN,
                List.of(passedOver));
    }

    private static PassedOver passedOver(String group, Waiver waiver) {
        return new PassedOver(finding(group, new Verdict.Unknown(group + " is offline")), waiver);
    }

    private static Finding finding(String group, Verdict verdict) {
        return new Finding(Optional.of(group), verdict, false, Optional.empty(), Optional.empty());
    }
}
