package io.github.rocketmigrate.live;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that starts live traffic without topics, and never ends it. */
final class LiveTrafficMain {
    static final String STARTED = "The traffic runs.";

    private LiveTrafficMain() {}

    public static void main(String[] args) throws Exception {
        LiveTraffic.start(Path.of(args[0]), args[1], List.of(), LiveSettings.following(Duration.ofSeconds(1)));
        System.out.println(STARTED);
        TimeUnit.DAYS.sleep(1);
    }
}
