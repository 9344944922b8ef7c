package io.github.rocketmigrate.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.wire.Credentials;
import java.util.List;
import java.util.Optional;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsProblem;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** Accounts from the servers of settings.xml. */
final class SettingsAccountsTest {
    private final Settings settings = new Settings();

    @Test
    void readsAServerAndDoesNotPrintItsSecret() {
        Credentials credentials = find(server("mq", "rocketmq", "{encrypted}"), "s3cret");
        assertThat(credentials).isEqualTo(new Credentials("rocketmq", "s3cret"));
        assertThat(credentials).asString().isEqualTo("rocketmq:***");
    }

    @Test
    void refusesAnIdThatSettingsDoNotHave() {
        assertThatThrownBy(() -> accounts(null).find("mq"))
                .hasMessage("The plan uses the credentials 'mq', but settings.xml has no server with this id.");
    }

    /** Maven returns the encrypted text and reports the failure as a problem. */
    @Test
    void refusesAPasswordThatCannotBeDecrypted() {
        settings.addServer(server("mq", "rocketmq", "{encrypted}"));
        SettingsProblem problem = new DefaultSettingsProblem(
                "no master password", SettingsProblem.Severity.ERROR, "settings.xml", 1, 1, null);
        assertThatThrownBy(
                        () -> accounts(result("{encrypted}", List.of(problem))).find("mq"))
                .hasMessage("The password of server 'mq' in settings.xml cannot be decrypted: no master password");
    }

    @Test
    void namesTheMissingElement() {
        assertThatThrownBy(() -> find(server("mq", null, "x"), "x"))
                .hasMessage("Server 'mq' in settings.xml has no username.");
        assertThatThrownBy(() -> find(server("mq", "rocketmq", ""), ""))
                .hasMessage("Server 'mq' in settings.xml has no password.");
    }

    /** Maven would try to decrypt it. */
    @Test
    void namesAVariableThatIsNotSet() {
        settings.addServer(server("mq", "rocketmq", "${env.MQ}"));
        SettingsProblem problem = new DefaultSettingsProblem(
                "no master password", SettingsProblem.Severity.ERROR, "settings.xml", 1, 1, null);
        assertThatThrownBy(() -> accounts(result("${env.MQ}", List.of(problem))).find("mq"))
                .hasMessage("The password of server 'mq' in settings.xml is ${env.MQ}, which is not set.");
    }

    private Credentials find(Server server, String decrypted) {
        settings.setServers(List.of(server));
        return accounts(result(server.getUsername(), decrypted, List.of())).find(server.getId());
    }

    private SettingsAccounts accounts(SettingsDecryptionResult result) {
        SettingsDecrypter decrypter = Mockito.mock(SettingsDecrypter.class);
        Mockito.when(decrypter.decrypt(Mockito.any())).thenReturn(result);
        return new SettingsAccounts(settings, decrypter, Optional.empty());
    }

    private static SettingsDecryptionResult result(String password, List<SettingsProblem> problems) {
        return result("rocketmq", password, problems);
    }

    private static SettingsDecryptionResult result(String username, String password, List<SettingsProblem> problems) {
        SettingsDecryptionResult result = Mockito.mock(SettingsDecryptionResult.class);
        Mockito.when(result.getServer()).thenReturn(server("mq", username, password));
        Mockito.when(result.getProblems()).thenReturn(problems);
        return result;
    }

    private static Server server(String id, String username, String password) {
        Server server = new Server();
        server.setId(id);
        server.setUsername(username);
        server.setPassword(password);
        return server;
    }
}
