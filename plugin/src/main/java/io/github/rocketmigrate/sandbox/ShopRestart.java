package io.github.rocketmigrate.sandbox;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.wire.AdminConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.remoting.exception.RemotingException;

/** Asks the process of the {@link Shop} to restart, stop or start applications, and waits until it has. */
final class ShopRestart {
    private static final long POLL_MILLIS = 50;
    /** For the members that end and start, one after the other. */
    private static final Duration PATIENCE = ShopTraffic.RESTART_PATIENCE.plusMinutes(1);

    private final SandboxFolder folder;
    private final Endpoints endpoints;

    ShopRestart(SandboxFolder folder, Endpoints endpoints) {
        this.folder = folder;
        this.endpoints = endpoints;
    }

    /** Returns the applications that used other name servers before. */
    List<String> run(List<String> applications, Side side) throws IOException {
        Path shop = requireShop();
        try {
            requireRoutes(applications, side);
            new ShopSwitch(endpoints.cluster(side).nameServers(), applications).write(shop);
            return await(shop, "The applications use the " + side.word() + "'s name servers");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("The switch was interrupted.", "Run again: it continues.", e);
        }
    }

    /** Stops applications; returns those that were running. */
    List<String> goOffline(List<String> applications) throws IOException {
        return ask(ShopSwitch.OFFLINE, applications, "The applications are offline");
    }

    /** Starts stopped applications with the name servers that each of them had; returns those that were stopped. */
    List<String> goOnline(List<String> applications) throws IOException {
        return ask(ShopSwitch.ONLINE, applications, "The applications have started");
    }

    private List<String> ask(String request, List<String> applications, String state) throws IOException {
        Path shop = requireShop();
        new ShopSwitch(request, applications).write(shop);
        try {
            return await(shop, state);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("The request to the shop was interrupted.", "Run again: it continues.", e);
        }
    }

    private Path requireShop() {
        Path shop = folder.shop();
        if (SandboxFolder.process(shop).isEmpty()) {
            throw new Fault(
                    "No applications of a shop run in " + folder.path() + ".",
                    "Start a sandbox with them: mvn migrate:sandbox-start -Dmigrate.sandbox.traffic=true");
        }
        return shop;
    }

    /** A client that starts where nobody knows its topics only logs errors, as a real one would. */
    private void requireRoutes(List<String> applications, Side side) throws InterruptedException {
        try (AdminConnection connection =
                AdminConnection.open(endpoints.cluster(side).nameServers(), endpoints.admin())) {
            for (String topic : topics(applications)) {
                requireRoute(topic, connection, side);
            }
        }
    }

    private static List<String> topics(List<String> applications) {
        return Stream.concat(
                        applications.stream().filter(Shop.producers()::contains),
                        Shop.GROUPS.stream()
                                .filter(group -> applications.contains(group.name()))
                                .flatMap(group -> group.topics().stream()))
                .distinct()
                .toList();
    }

    private static void requireRoute(String topic, AdminConnection connection, Side side) throws InterruptedException {
        try {
            connection.admin().examineTopicRouteInfo(topic);
        } catch (MQClientException none) {
            throw new Fault(
                    "The " + side.word() + "'s name servers do not know the topic " + topic
                            + ". No application was restarted.",
                    "Join the clusters first: apply a plan with 'traffic: { routing: join }'.",
                    none);
        } catch (RemotingException unreachable) {
            throw new Fault(
                    "The " + side.word() + "'s name server does not answer: " + unreachable.getMessage(),
                    "Start it: mvn migrate:sandbox-start-server -Dmigrate.sandbox.server="
                            + SandboxStarter.nameServer(side),
                    unreachable);
        }
    }

    private static List<String> await(Path shop, String state) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Optional<ShopSwitch.SwitchReply> answer = ShopSwitch.SwitchReply.read(shop);
        while (answer.isEmpty() && SandboxFolder.process(shop).isPresent() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            answer = ShopSwitch.SwitchReply.read(shop);
        }
        if (answer.isEmpty()) {
            throw new Fault(
                    "The applications of the shop did not answer within " + Counts.span(PATIENCE) + ".\n"
                            + ServerProcess.lastLines(shop),
                    "Read the whole output in " + shop.resolve(ServerProcess.OUTPUT) + ".");
        }
        answer.get().problem().ifPresent(problem -> {
            throw new Fault(
                    state + ", but " + problem + ".",
                    "See on the board of migrate:status what is missing, then run again.");
        });
        return answer.get().restarted();
    }
}
