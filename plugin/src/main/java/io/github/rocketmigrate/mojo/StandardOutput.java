package io.github.rocketmigrate.mojo;

import java.io.IOException;

/** Knows whether the output is a terminal. Some builds of Maven see one in every file, for want of a native library. */
final class StandardOutput {
    private StandardOutput() {}

    /** Asks the operating system; on Windows, where there is no {@code sh}, Maven's own answer has to do. */
    static boolean isTerminal() {
        try {
            return new ProcessBuilder("sh", "-c", "test -t 1")
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
