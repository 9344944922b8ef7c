package io.github.rocketmigrate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessStampTest {
    @TempDir
    Path folder;

    @Test
    void stampFindsTheProcessThatWroteIt() throws IOException {
        ProcessStamp self = ProcessStamp.of(ProcessHandle.current());
        self.write(folder);
        assertThat(ProcessStamp.read(folder)).contains(self);
        assertThat(self.process()).contains(ProcessHandle.current());
    }

    @Test
    void processWithTheSameIdAndAnotherStartIsNotFound() {
        ProcessStamp self = ProcessStamp.of(ProcessHandle.current());
        assertThat(new ProcessStamp(self.pid(), self.startMillis() - 60_000).isAlive())
                .isFalse();
    }

    @Test
    void missingOrTruncatedStampFindsNoProcess() throws IOException {
        assertThat(ProcessStamp.read(folder)).isEmpty();
        Files.writeString(folder.resolve("process"), "12345@");
        assertThat(ProcessStamp.read(folder)).isEmpty();
    }
}
