package io.github.rocketmigrate.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.apache.rocketmq.remoting.exception.RemotingTimeoutException;
import org.junit.jupiter.api.Test;

/** What counts as a server that does not answer in time. */
final class RequestsTest {
    private static Throwable withoutAnswer(Throwable failure) {
        return Requests.withoutAnswer(failure, "10.0.0.11:9876", Duration.ofSeconds(5));
    }

    /** It was reported as an answer that cannot be read, with the advice to look for another kind of server. */
    @Test
    void aRequestThatTheClientForgetsIsATimeout() {
        assertThat(withoutAnswer(new TimeoutException())).isInstanceOf(RemotingTimeoutException.class);
        assertThat(withoutAnswer(new CompletionException(new TimeoutException())))
                .isInstanceOf(RemotingTimeoutException.class)
                .hasMessageContaining("10.0.0.11:9876");
    }

    @Test
    void otherFailuresStayAsTheyAre() {
        IOException broken = new IOException("broken pipe");
        assertThat(withoutAnswer(broken)).isSameAs(broken);
    }
}
