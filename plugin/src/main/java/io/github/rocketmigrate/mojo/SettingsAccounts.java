package io.github.rocketmigrate.mojo;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.run.Accounts;
import io.github.rocketmigrate.wire.Credentials;
import java.util.Optional;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;

/** The servers of {@code settings.xml}, their passwords decrypted. */
final class SettingsAccounts implements Accounts {
    /** Where a message of Maven's goes on with what some class of Java says of itself. */
    private static final String CLASS_NAMES = "(?s): \\w+(\\.\\w+){2,}.*";

    private final Settings settings;
    private final SettingsDecrypter decrypter;

    SettingsAccounts(Settings settings, SettingsDecrypter decrypter) {
        this.settings = requireNonNull(settings, "settings is null");
        this.decrypter = requireNonNull(decrypter, "decrypter is null");
    }

    @Override
    public Credentials find(String id) {
        Server written = settings.getServer(id);
        if (written == null) {
            throw new Fault(
                    "The plan names the credentials '" + id + "', and settings.xml has no server with this id.",
                    "Add <server><id>" + id + "</id><username>…</username><password>…</password></server> to the"
                            + " servers of settings.xml.");
        }
        // Maven takes ${…} for something encrypted, and would say that it cannot be decrypted.
        set(id, "username", written.getUsername());
        set(id, "password", written.getPassword());
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(written));
        // When it cannot decrypt, it gives back the encrypted text and mentions it only here.
        Optional<SettingsProblem> problem = result.getProblems().stream()
                .filter(it -> it.getSeverity() != SettingsProblem.Severity.WARNING)
                .findFirst();
        if (problem.isPresent()) {
            throw new Fault(
                    "The password of server '" + id + "' in settings.xml cannot be decrypted: "
                            + problem.get().getMessage().replaceFirst(CLASS_NAMES, ""),
                    "Encrypt it again with mvn --encrypt-password, or check settings-security.xml.",
                    problem.get().getException());
        }
        Server server = result.getServer();
        return new Credentials(
                given(id, "username", "access key or user", server.getUsername()),
                given(id, "password", "secret", server.getPassword()));
    }

    private static String given(String id, String element, String what, String text) {
        if (text == null || text.isBlank()) {
            throw new Fault(
                    "Server '" + id + "' in settings.xml has no " + element + ".",
                    "RocketMQ's " + what + " goes there.");
        }
        return text;
    }

    private static void set(String id, String element, String text) {
        if (text != null && text.startsWith("${")) {
            throw new Fault(
                    "The " + element + " of server '" + id + "' in settings.xml is " + text + ", which is not set.",
                    "Set this variable in the environment of the build.");
        }
    }
}
