package io.github.rocketmigrate.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.wire.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the configuration files of a server, whose names and settings differ between RocketMQ's versions. */
final class ServerFiles {
    /** The setting of a broker that lists the name servers with which it registers. */
    static final String NAME_SERVERS = "namesrvAddr";

    static final String LOG = "server.log";

    /** The user with all permissions, in both clusters. */
    static final Credentials ADMIN = new Credentials("sandbox-admin", "sandbox-admin-secret");
    /** The user with permission to read only, in both clusters. */
    static final Credentials READER = new Credentials("sandbox-reader", "sandbox-reader-secret");

    static final String CONFIGURATION = "server.conf";

    private final Path folder;
    private final ServerVersion version;

    ServerFiles(Path folder, ServerVersion version) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.version = version;
        writeLogging();
    }

    Path folder() {
        return folder;
    }

    /** Writes the configuration of a name server and returns the arguments of its main class. */
    List<String> nameServer(int port) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("listenPort", Integer.toString(port));
        settings.put("bindAddress", "127.0.0.1");
        settings.put("kvConfigPath", folder.resolve("kvConfig.json").toString());
        settings.put("configStorePath", folder.resolve("namesrv.properties").toString());
        return write(settings);
    }

    /** Writes the configuration of a master and returns the arguments of its main class. */
    List<String> broker(String cluster, String name, int port, String nameServers, boolean acl) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("brokerClusterName", cluster);
        settings.put("brokerName", name);
        settings.put("brokerId", "0");
        settings.put("brokerRole", "ASYNC_MASTER");
        settings.put("brokerIP1", "127.0.0.1");
        settings.put("brokerIP2", "127.0.0.1");
        // 4.x ignores bindAddress, and no version applies it to the port for slaves.
        settings.put("bindAddress", "127.0.0.1");
        settings.put("listenPort", Integer.toString(port));
        settings.put("haListenPort", Integer.toString(port + 1));
        settings.put(NAME_SERVERS, nameServers);
        settings.put("storePathRootDir", folder.resolve("store").toString());
        settings.put("storePathCommitLog", folder.resolve("store/commitlog").toString());
        // As in production, where a migration must work without automatic creation.
        settings.put("autoCreateTopicEnable", "false");
        settings.put("autoCreateSubscriptionGroup", "false");
        settings.put("mappedFileSizeCommitLog", "33554432");
        settings.put("mappedFileSizeConsumeQueue", "600000");
        settings.put("maxHashSlotNum", "50000");
        settings.put("maxIndexNum", "100000");
        settings.put("diskMaxUsedSpaceRatio", "98");
        // With the defaults of 200 ms to 3 s, brokers on a busy machine reject messages.
        settings.put("waitTimeMillsInSendQueue", "5000");
        settings.put("waitTimeMillsInTransactionQueue", "10000");
        settings.put("osPageCacheBusyTimeOutMills", "5000");
        // By default a broker drops a half message after 15 checks, that is 15 min; the shop's half message shall stay.
        settings.put("transactionCheckMax", "100000");
        // By default a broker asks once a minute what has become of a transaction, and a move waits for the answer.
        settings.put("transactionCheckInterval", "10000");
        if (!version.isFour()) {
            // The timer wheel uses CPU all the time, for delays that no 4.x source can have.
            settings.put("timerWheelEnable", "false");
            // A broker spins until this time has passed once (10 s by default), and writes a file each time.
            settings.put("transactionMetricFlushInterval", "300");
            // By default, a broker spins from 3 s after the last end of a transaction on.
            // https://github.com/apache/rocketmq/issues/10966
            settings.put("transactionOpBatchInterval", Integer.toString(Integer.MAX_VALUE));
            settings.put("transactionOpMsgMaxSize", "1");
        }
        if (acl) {
            settings.putAll(version.hasPlainAcl() ? plainAcl() : storedAcl());
        }
        return write(settings);
    }

    /** The JVM options of this server. */
    List<String> jvmOptions() {
        return List.of(
                "-Drocketmq.home.dir=" + folder,
                // Without TLS, the server need not generate keys at each start.
                "-Dtls.server.mode=disabled",
                "-Dtls.test.mode.enable=false");
    }

    private Map<String, String> plainAcl() throws IOException {
        String file = """
                accounts:
                  - accessKey: %s
                    secretKey: %s
                    admin: true
                  - accessKey: %s
                    secretKey: %s
                    admin: false
                    defaultTopicPerm: SUB
                    defaultGroupPerm: SUB
                """.formatted(ADMIN.accessKey(), ADMIN.secretKey(), READER.accessKey(), READER.secretKey());
        Files.createDirectories(folder.resolve("conf"));
        Files.writeString(folder.resolve("conf/plain_acl.yml"), file, UTF_8);
        return Map.of("aclEnable", "true");
    }

    private static Map<String, String> storedAcl() {
        String auth = "org.apache.rocketmq.auth.";
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("authenticationEnabled", "true");
        settings.put("authenticationProvider", auth + "authentication.provider.DefaultAuthenticationProvider");
        settings.put(
                "authenticationMetadataProvider", auth + "authentication.provider.LocalAuthenticationMetadataProvider");
        settings.put(
                "initAuthenticationUser",
                "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(ADMIN.accessKey(), ADMIN.secretKey()));
        settings.put(
                "innerClientAuthenticationCredentials",
                "{\"accessKey\":\"%s\",\"secretKey\":\"%s\"}".formatted(ADMIN.accessKey(), ADMIN.secretKey()));
        settings.put("authorizationEnabled", "true");
        settings.put("authorizationProvider", auth + "authorization.provider.DefaultAuthorizationProvider");
        settings.put(
                "authorizationMetadataProvider", auth + "authorization.provider.LocalAuthorizationMetadataProvider");
        return settings;
    }

    private List<String> write(Map<String, String> settings) throws IOException {
        Path file = folder.resolve(CONFIGURATION);
        List<String> lines = settings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + escaped(entry.getValue()))
                .toList();
        Files.write(file, lines, ISO_8859_1);
        return List.of("-c", file.toString());
    }

    /** Escapes characters outside ASCII, because RocketMQ reads its configuration as ISO 8859-1. */
    private static String escaped(String value) {
        StringBuilder escaped = new StringBuilder();
        value.chars().forEach(c -> {
            if (c == '\\') {
                escaped.append("\\\\");
            } else if (c < 127) {
                escaped.append((char) c);
            } else {
                escaped.append(String.format("\\u%04x", c));
            }
        });
        return escaped.toString();
    }

    /** Configures one log file per server; 4.x reads fixed files, and 5.x, whose logback is relocated, the class path. */
    private void writeLogging() throws IOException {
        String logback = version.isFour() ? "" : "org.apache.rocketmq.logging.";
        String configuration = """
                <configuration>
                  <statusListener class="%1$sch.qos.logback.core.status.NopStatusListener"/>
                  <appender name="file" class="%1$sch.qos.logback.core.FileAppender">
                    <file>%2$s</file>
                    <encoder>
                      <pattern>%%d{HH:mm:ss.SSS} %%-5p %%c - %%m%%n</pattern>
                    </encoder>
                  </appender>
                  <root level="INFO">
                    <appender-ref ref="file"/>
                  </root>
                </configuration>
                """.formatted(logback, LOG);
        Files.createDirectories(folder.resolve("conf"));
        for (String name : version.isFour()
                ? List.of("logback.xml", "logback_namesrv.xml", "logback_broker.xml")
                : List.of("rmq.logback.xml")) {
            Files.writeString(folder.resolve("conf").resolve(name), configuration, UTF_8);
        }
    }

    /** The entry of the server's class path after the jars. */
    Path classPathEntry() {
        return folder.resolve("conf");
    }
}
