package io.github.rocketmigrate.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Text in columns of a terminal. */
final class DisplayWidthTest {
    @Test
    void chineseTakesTwoColumnsAndACombiningMarkNone() {
        assertThat(DisplayWidth.of("orders")).isEqualTo(6);
        assertThat(DisplayWidth.of("订单")).isEqualTo(4);
        assertThat(DisplayWidth.of("e\u0301")).isEqualTo(1);
        assertThat(DisplayWidth.of("■→…")).isEqualTo(3);
    }

    @Test
    void paddingCountsColumns() {
        assertThat(DisplayWidth.padded("订单", 6)).isEqualTo("订单  ");
        assertThat(DisplayWidth.padded("orders", 3)).isEqualTo("orders");
    }

    @Test
    void aLongNameLosesItsMiddle() {
        assertThat(DisplayWidth.shortened("order-events-eu-west", 20)).isEqualTo("order-events-eu-west");
        assertThat(DisplayWidth.shortened("order-events-eu-west", 11)).isEqualTo("order…-west");
        assertThat(DisplayWidth.shortened("订单订单订单", 7)).isEqualTo("订单…单");
    }

    @Test
    void linesBreakAtSpacesButNotBetweenANumberAndItsUnit() {
        assertThat(Wrapped.lines("may take up to 35 s or more", 17)).containsExactly("may take up to", "35 s or more");
        assertThat(Wrapped.lines("waits 3 min 20 s more", 13)).containsExactly("waits 3 min", "20 s more");
        assertThat(Wrapped.lines("3 services", 5)).containsExactly("3", "services");
        assertThat(Wrapped.lines("a-very-long-word fits", 6)).containsExactly("a-very-long-word", "fits");
        assertThat(Wrapped.lines("订单 订单", 5)).containsExactly("订单", "订单");
    }
}
