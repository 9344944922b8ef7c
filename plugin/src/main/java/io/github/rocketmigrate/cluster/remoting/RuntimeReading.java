package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.remoting.RequestGroup.Asked;
import io.github.rocketmigrate.wire.ReadRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Reads the state of each master: its disk, and how much it has sent and received. */
final class RuntimeReading {
    private final Supplier<RequestGroup> requests;

    RuntimeReading(Supplier<RequestGroup> requests) {
        this.requests = requireNonNull(requests, "requests is null");
    }

    Map<String, Map<String, String>> read(Metadata metadata) throws InterruptedException {
        RequestGroup group = requests.get();
        Map<String, Asked<Map<String, String>>> asked = new HashMap<>();
        metadata.masters()
                .forEach(broker -> asked.put(
                        broker.name(),
                        group.ask(
                                broker.address(),
                                ReadRequest.RUNTIME,
                                answer -> BrokerDecoder.runtime(answer.body()))));
        group.await();
        Map<String, Map<String, String>> read = new HashMap<>();
        asked.forEach((name, answer) -> read.put(name, answer.value()));
        return read;
    }
}
