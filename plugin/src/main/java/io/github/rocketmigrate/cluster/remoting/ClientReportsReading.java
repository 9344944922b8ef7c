package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.ClientReports.ClientReport;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.remoting.RequestGroup.Asked;
import io.github.rocketmigrate.wire.ReadRequest;
import io.github.rocketmigrate.wire.Refused;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.rocketmq.remoting.exception.RemotingTimeoutException;
import org.apache.rocketmq.remoting.protocol.ResponseCode;

/** Asks members of consumer groups which name servers and queues they use. Brokers pass the questions on. */
final class ClientReportsReading {
    /** A broker waits up to 10 s for a client that does not answer, and has 16 threads for it. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Supplier<RequestGroup> requests;

    ClientReportsReading(Supplier<RequestGroup> requests) {
        this.requests = requireNonNull(requests, "requests is null");
    }

    /** The report of a member, or why there is none. */
    private record ReportOrReason(Optional<ClientReport> report, String reason) {
        static ReportOrReason of(ClientReport report) {
            return report.nameServers().isEmpty()
                    ? new ReportOrReason(Optional.empty(), "it does not report its name servers")
                    : new ReportOrReason(Optional.of(report), "");
        }

        static CompletableFuture<ReportOrReason> none(Throwable failure) {
            return CompletableFuture.completedFuture(new ReportOrReason(Optional.empty(), reason(failure)));
        }

        private static String reason(Throwable failure) {
            if (failure instanceof RemotingTimeoutException
                    || (failure instanceof Refused refused && refused.code() == ResponseCode.CONSUME_MSG_TIMEOUT)) {
                return "it did not answer within " + TIMEOUT.toSeconds() + " s";
            }
            return failure instanceof Refused
                    ? FailureDiagnosis.firstSentence(failure.getMessage())
                    : failure.toString();
        }
    }

    /** Asks each member through the first master that lists it, then those without a report through the next one. */
    ClientReports read(Metadata metadata, Clients clients, Map<String, ? extends Collection<String>> members)
            throws InterruptedException {
        Map<String, Map<String, ReportOrReason>> known = new HashMap<>();
        members.keySet().forEach(name -> known.put(name, new TreeMap<>()));
        for (int turn = 0; turn < metadata.brokers().size(); turn++) {
            RequestGroup group = requests.get();
            Map<String, Map<String, Asked<ReportOrReason>>> asked = new HashMap<>();
            for (Map.Entry<String, ? extends Collection<String>> ofGroup : members.entrySet()) {
                String name = ofGroup.getKey();
                for (String id : ofGroup.getValue()) {
                    List<String> masters =
                            List.copyOf(clients.group(name).members().get(id).masters());
                    ReportOrReason before = known.get(name).get(id);
                    if (turn < masters.size()
                            && (before == null || before.report().isEmpty())) {
                        String address =
                                metadata.brokers().get(masters.get(turn)).address();
                        asked.computeIfAbsent(name, key -> new TreeMap<>()).put(id, ask(group, address, name, id));
                    }
                }
            }
            if (asked.isEmpty()) {
                break;
            }
            group.await();
            asked.forEach((name, answers) ->
                    answers.forEach((id, answer) -> known.get(name).put(id, answer.value())));
        }
        return reports(known);
    }

    private static Asked<ReportOrReason> ask(RequestGroup group, String address, String name, String id) {
        return group.ask(
                address,
                ReadRequest.RUNNING,
                Map.of("consumerGroup", name, "clientId", id, "jstackEnable", "false"),
                TIMEOUT,
                answer -> ReportOrReason.of(ClientDecoder.report(answer.body())),
                ReportOrReason::none);
    }

    private static ClientReports reports(Map<String, Map<String, ReportOrReason>> known) {
        Map<String, Map<String, ClientReport>> reports = new HashMap<>();
        Map<String, Map<String, String>> silent = new HashMap<>();
        known.forEach((name, answers) -> {
            Map<String, ClientReport> ofGroup = new HashMap<>();
            Map<String, String> reasons = new HashMap<>();
            answers.forEach((id, answer) -> answer.report()
                    .ifPresentOrElse(report -> ofGroup.put(id, report), () -> reasons.put(id, answer.reason())));
            reports.put(name, ofGroup);
            silent.put(name, reasons);
        });
        return new ClientReports(reports, silent);
    }
}
