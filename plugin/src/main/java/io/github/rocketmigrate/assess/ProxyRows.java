package io.github.rocketmigrate.assess;

import io.github.rocketmigrate.assess.RowRule.RowSource;
import io.github.rocketmigrate.assess.RowRule.RowText;
import io.github.rocketmigrate.cluster.Proxies;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.List;

/** Rules about applications that connect through proxies, or will: no broker lists them, and old clients cannot. */
final class ProxyRows {
    private ProxyRows() {}

    static RowRule clients() {
        return new RowRule(
                "RMA-404",
                "Clients for proxies",
                new RowText(
                        "the destination has proxies, and a Java client is older than 4.9.5 or, of 5.x, than 5.0.1",
                        "Upgrade these applications before they connect to a proxy, or let them connect to the name servers.",
                        "Will clients older than 4.9.5 or 5.0.1 connect to a proxy?"),
                RowSource.of(
                        "documentation of RocketMQ 5.x, proxy: Remoting clients from 4.9.5 and 5.0.1 on", "2026-11-30"),
                ProxyRows::clients);
    }

    private static RowFinding clients(Observation seen) {
        int proxies = Proxies.among(seen.destination().clients().needed()).size();
        if (proxies == 0) {
            return RowFinding.notFired("the destination has no proxies in cluster mode");
        }
        ServerVersion five = new ServerVersion(5, 0, 0);
        RowFinding found = ApplicationRows.applications(
                seen,
                one -> one.isJavaBefore(4, 9, 5)
                        || (one.isJava() && one.release().filter(five::equals).isPresent()),
                RowSeverity.RISK,
                ApplicationRows.UPGRADE,
                "older than 4.9.5 or 5.0.1");
        if (found.severity().isEmpty()) {
            requireProxied(seen);
        }
        return found;
    }

    private static void requireProxied(Observation seen) {
        for (Side side : Side.values()) {
            if (seen.at(side).absent().isEmpty()) {
                seen.at(side).clients().needed().proxied().unseen().ifPresent(why -> {
                    throw new Measured.NotMeasured(
                            "the clients of the " + side.word() + "'s proxies were not all read: " + why);
                });
            }
        }
    }

    static RowRule applications() {
        return new RowRule(
                "RMA-409",
                "Applications behind proxies",
                new RowText(
                        "applications consume through proxies, with gRPC or Remoting: no broker lists them. Proxies tell each"
                                + " other about consumers only, so producers are asked",
                        "Ask the owners of the proxies which producers connect through them, and with which SDKs.",
                        "Which applications connect through proxies, with gRPC or Remoting, and which SDKs do they have?"),
                RowSource.of("RocketMQ 5.1.0 to 5.5.0, HeartbeatSyncer of proxies in cluster mode, seen", "2026-11-30"),
                ProxyRows::applications);
    }

    private static RowFinding applications(Observation seen) {
        List<String> found = new ArrayList<>();
        for (Side side : Side.values()) {
            if (seen.at(side).absent().isEmpty()) {
                int proxies = Proxies.among(seen.at(side).clients().needed()).size();
                if (proxies > 0) {
                    found.add(Counts.of(proxies, "proxy") + " at the " + side.word());
                }
            }
        }
        List<String> behind = Application.in(seen).stream()
                .filter(Application::isProxied)
                .map(Application::words)
                .toList();
        String proxies = String.join(", ", found);
        if (behind.isEmpty()) {
            requireProxied(seen);
            if (!found.isEmpty()) {
                throw new Measured.NotMeasured(
                        proxies + "; no consumer is connected to them, and they do not show producers");
            }
            return RowFinding.notFired("no proxies in cluster mode");
        }
        return RowFinding.note((proxies.isEmpty() ? "" : proxies + "; ")
                        + Counts.of(behind.size(), "consuming application") + ": "
                        + Names.clauses(behind, Counts.MOST_NAMED))
                .objects(behind)
                .effort(behind.size(), "application to ask about");
    }
}
