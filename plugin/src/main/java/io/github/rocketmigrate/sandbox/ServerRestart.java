package io.github.rocketmigrate.sandbox;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.wire.AdminConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Stops and starts single servers of a sandbox, so that faults can be rehearsed; their data and addresses stay. */
final class ServerRestart {
    private final SandboxFolder folder;
    private final Endpoints endpoints;

    ServerRestart(SandboxFolder folder, Endpoints endpoints) {
        this.folder = folder;
        this.endpoints = endpoints;
    }

    /** Kills a server as the failure of its machine would; empty if it was down already. */
    List<Sandbox.Ended> stop(String name) throws IOException {
        Path server = server(name);
        folder.markStopped(server);
        return SandboxFolder.kill(List.of(server));
    }

    /** Starts those of the servers that are down, name servers first, and waits until they can be used. */
    List<String> start(List<String> names, SandboxProgress progress) throws IOException {
        List<ServerProcess> launched = new ArrayList<>();
        Readiness readiness = new Readiness(folder.startTimeout());
        long since = System.nanoTime();
        try {
            for (String name : nameServersFirst(names)) {
                Path server = server(name);
                if (SandboxFolder.process(server).isPresent()) {
                    continue;
                }
                ServerProcess process = ServerProcess.launchAgain(server);
                launched.add(process);
                await(process, readiness);
                folder.unmarkStopped(server);
                awaitRegistrations(process, readiness);
                progress.up(name, kind(name), addresses().get(name), Duration.ofNanos(System.nanoTime() - since));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("The start of " + String.join(", ", names) + " was interrupted.", "Run again.", e);
        }
        return launched.stream().map(ServerProcess::name).toList();
    }

    private void await(ServerProcess process, Readiness readiness) throws IOException, InterruptedException {
        readiness.awaitListening(process);
        for (Side side : Side.values()) {
            Endpoints.SandboxCluster cluster = endpoints.cluster(side);
            String address = cluster.brokers().get(process.name());
            if (address != null) {
                try (AdminConnection connection = AdminConnection.open(cluster.nameServers(), endpoints.admin())) {
                    readiness.awaitListed(process, address, connection, cluster.version());
                }
            }
        }
    }

    /**
     * Waits until each name server that runs lists each running broker that registers with it. Brokers register every
     * 30 s: until then, a name server that has just started lists none, and goals would say that brokers are absent.
     */
    private void awaitRegistrations(ServerProcess started, Readiness readiness)
            throws IOException, InterruptedException {
        for (Side side : Side.values()) {
            String address = endpoints.cluster(side).nameServers();
            if (runs(SandboxStarter.nameServer(side))) {
                try (AdminConnection connection = AdminConnection.open(address, endpoints.admin())) {
                    for (Map.Entry<String, String> broker : brokers().entrySet()) {
                        if (runs(broker.getKey())) {
                            readiness.awaitRegistered(started, broker.getKey(), broker.getValue(), connection, address);
                        }
                    }
                }
            }
        }
    }

    private boolean runs(String name) throws IOException {
        return SandboxFolder.process(folder.path().resolve(name)).isPresent();
    }

    private Map<String, String> brokers() {
        Map<String, String> brokers = new TreeMap<>();
        endpoints.clusters().values().forEach(cluster -> brokers.putAll(cluster.brokers()));
        return brokers;
    }

    private List<String> nameServersFirst(List<String> names) {
        List<String> ordered = new ArrayList<>(names);
        ordered.sort((one, other) -> Boolean.compare(isBroker(one), isBroker(other)));
        return ordered;
    }

    private Path server(String name) {
        if (!addresses().containsKey(name)) {
            throw new Fault(
                    "The sandbox in " + folder.path() + " has no server named '" + name + "'.",
                    "Choose one of these: " + String.join(", ", addresses().keySet())
                            + (Files.exists(folder.shop()) ? ", " + Shop.NAME : "") + ".");
        }
        return folder.path().resolve(name);
    }

    private String kind(String name) {
        return isBroker(name) ? "broker" : "name server";
    }

    private boolean isBroker(String name) {
        return brokers().containsKey(name);
    }

    /** The address of each server by its name. */
    private Map<String, String> addresses() {
        Map<String, String> addresses = brokers();
        endpoints
                .clusters()
                .forEach((side, cluster) -> addresses.put(SandboxStarter.nameServer(side), cluster.nameServers()));
        return addresses;
    }
}
