package io.github.rocketmigrate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PortBlockTest {
    @Test
    void reservedBlocksNeverOverlap() {
        List<PortBlock> held = new ArrayList<>();
        Set<Integer> ports = new HashSet<>();
        try {
            for (int i = 0; i < 60; i++) {
                PortBlock block = PortBlock.reserve();
                held.add(block);
                for (int offset = -2; offset <= 1; offset++) {
                    assertThat(ports.add(block.listenPort() + offset)).isTrue();
                }
            }
        } finally {
            held.forEach(PortBlock::close);
        }
    }

    @Test
    void blockWithAPortInUseIsNotReserved() throws IOException {
        int first;
        try (PortBlock block = PortBlock.reserve()) {
            first = block.listenPort() - 5;
        }
        for (int offset : new int[] {3, 5, 6}) {
            try (ServerSocket taken = new ServerSocket(first + offset)) {
                assertThat(PortBlock.reserve(first))
                        .describedAs("with %d taken", taken.getLocalPort())
                        .isEmpty();
            }
        }
    }

    @Test
    void reservedBlockIsNotReservedAgain() {
        try (PortBlock block = PortBlock.reserve()) {
            assertThat(PortBlock.reserve(block.listenPort() - 5)).isEmpty();
        }
    }
}
