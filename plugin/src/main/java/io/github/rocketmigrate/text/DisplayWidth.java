package io.github.rocketmigrate.text;

import java.util.regex.Pattern;

/** Measures text in columns of a terminal: Chinese, Japanese and Korean characters take two, combining marks none. */
public final class DisplayWidth {
    private static final String ELLIPSIS = "…";
    private static final Pattern STYLE = Pattern.compile("\u001B\\[[0-9;]*m");
    private static final int[][] WIDE = {
        {0x1100, 0x115F},
        {0x2E80, 0x303E},
        {0x3041, 0x33FF},
        {0x3400, 0x4DBF},
        {0x4E00, 0x9FFF},
        {0xA000, 0xA4CF},
        {0xA960, 0xA97C},
        {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF},
        {0xFE30, 0xFE6F},
        {0xFF00, 0xFF60},
        {0xFFE0, 0xFFE6},
        {0x1F300, 0x1F64F},
        {0x1F680, 0x1F6FF},
        {0x1F900, 0x1F9FF},
        {0x20000, 0x3FFFD}
    };

    private DisplayWidth() {}

    /** The width of text with colors, which take no room. */
    public static int ofStyled(String text) {
        return of(STYLE.matcher(text).replaceAll(""));
    }

    public static int of(String text) {
        return text.codePoints().map(DisplayWidth::of).sum();
    }

    private static int of(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        for (int[] range : WIDE) {
            if (codePoint >= range[0] && codePoint <= range[1]) {
                return 2;
            }
        }
        return 1;
    }

    /** Appends spaces up to a width. */
    public static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - of(text)));
    }

    /** Cuts out the middle, because long names often differ only at their ends: {@code order-ev…-eu-west}. */
    public static String shortened(String text, int width) {
        if (of(text) <= width) {
            return text;
        }
        int[] all = text.codePoints().toArray();
        int first = 0;
        int last = all.length;
        int used = of(ELLIPSIS);
        boolean front = true;
        while (first < last) {
            int next = of(all[front ? first : last - 1]);
            if (used + next > width) {
                break;
            }
            used += next;
            if (front) {
                first++;
            } else {
                last--;
            }
            front = !front;
        }
        return new String(all, 0, first) + ELLIPSIS + new String(all, last, all.length - last);
    }
}
