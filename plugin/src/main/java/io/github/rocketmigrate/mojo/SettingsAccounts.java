package io.github.rocketmigrate.mojo;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.run.Accounts;
import io.github.rocketmigrate.wire.Credentials;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;

/** Reads accounts from the servers of {@code settings.xml} and decrypts their passwords. */
final class SettingsAccounts implements Accounts {
    /** The tail of a message of Maven that begins with the name of an exception class. */
    private static final String CLASS_NAMES = "(?s): \\w+(\\.\\w+){2,}.*";

    private final Settings settings;
    private final SettingsDecrypter decrypter;
    private final Optional<Path> trustedCertificates;

    SettingsAccounts(Settings settings, SettingsDecrypter decrypter, Optional<Path> trustedCertificates) {
        this.trustedCertificates = requireNonNull(trustedCertificates, "trustedCertificates is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.decrypter = requireNonNull(decrypter, "decrypter is null");
    }

    @Override
    public Credentials find(String id) {
        Server written = settings.getServer(id);
        if (written == null) {
            throw new Fault(
                    "The plan uses the credentials '" + id + "', but settings.xml has no server with this id.",
                    "Add <server><id>" + id + "</id><username>…</username><password>…</password></server> to"
                            + " <servers> in settings.xml.");
        }
        // Maven would report an unset ${…} as a password that cannot be decrypted.
        refuseVariable(id, "username", written.getUsername());
        refuseVariable(id, "password", written.getPassword());
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(written));
        // If decryption fails, Maven returns the encrypted text and reports the failure only here.
        Optional<SettingsProblem> problem = result.getProblems().stream()
                .filter(it -> it.getSeverity() != SettingsProblem.Severity.WARNING)
                .findFirst();
        if (problem.isPresent()) {
            throw new Fault(
                    "The password of server '" + id + "' in settings.xml cannot be decrypted: "
                            + problem.get().getMessage().replaceFirst(CLASS_NAMES, ""),
                    "Encrypt the password again with mvn --encrypt-password, or check settings-security.xml.",
                    problem.get().getException());
        }
        Server server = result.getServer();
        return new Credentials(
                present(id, "username", "access key or user", server.getUsername()),
                present(id, "password", "secret", server.getPassword()));
    }

    @Override
    public Optional<Path> trustedCertificates() {
        return trustedCertificates;
    }

    private static String present(String id, String element, String what, String text) {
        if (text == null || text.isBlank()) {
            throw new Fault(
                    "Server '" + id + "' in settings.xml has no " + element + ".",
                    "Set <" + element + "> to RocketMQ's " + what + ".");
        }
        return text;
    }

    private static void refuseVariable(String id, String element, String text) {
        if (text != null && text.startsWith("${")) {
            throw new Fault(
                    "The " + element + " of server '" + id + "' in settings.xml is " + text + ", which is not set.",
                    "Set this variable in the environment of the build.");
        }
    }
}
