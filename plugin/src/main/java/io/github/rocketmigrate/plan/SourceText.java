package io.github.rocketmigrate.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a plan, or why there is none. */
final class SourceText {
    static final int MOST_BYTES = 4 * 1024 * 1024;

    private static final int UTF_16_BIG = 0xFEFF;
    private static final int UTF_16_LITTLE = 0xFFFE;
    private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\r|\n");
    private static final Pattern STRANGE_BREAK = Pattern.compile("[\u0085\u2028\u2029]");
    private static final String BOM = "\uFEFF";

    private SourceText() {}

    /** Why a file has no text that could be a plan. */
    static final class NoText extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        NoText(Rule rule, Position at, String what) {
            super(what);
            this.problem = new Problem(rule, at, what);
        }

        Problem problem() {
            return problem;
        }
    }

    /** Reads {@code file} as UTF-8, without the mark that some editors put in front. */
    static String read(Path file) throws NoText {
        return decode(bytes(file));
    }

    static List<String> lines(String text) {
        return text.lines().toList();
    }

    /** The place of the character with this index, counted in code points. */
    static Position positionOf(String text, int codePoint) {
        int end = text.offsetByCodePoints(0, Math.min(codePoint, text.codePointCount(0, text.length())));
        String before = text.substring(0, end);
        Matcher lineBreak = LINE_BREAK.matcher(before);
        int line = 1;
        int lineStart = 0;
        while (lineBreak.find()) {
            line++;
            lineStart = lineBreak.end();
        }
        return new Position(line, before.codePointCount(lineStart, before.length()) + 1, 1);
    }

    private static byte[] bytes(Path file) throws NoText {
        try {
            if (Files.isDirectory(file)) {
                throw unreadable("is a folder; name the plan's file with -Dmigrate.file=");
            }
            long size = Files.size(file);
            // Reading a device may never end, reading a pipe never begin.
            if (!Files.isRegularFile(file)) {
                throw unreadable("is no ordinary file; name one with -Dmigrate.file=");
            }
            if (size > MOST_BYTES) {
                throw tooLarge(size);
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw unreadable("does not exist; name the plan's file with -Dmigrate.file=");
        } catch (FileSystemLoopException e) {
            throw unreadable("is a link to itself; name a file");
        } catch (IOException e) {
            String why = Files.isSymbolicLink(file) ? "is a link that leads nowhere" : "cannot be read";
            throw unreadable(why + " (" + e.getClass().getSimpleName() + "); check its rights");
        }
    }

    /** Characters that break a line for some readers of YAML and not for others would shift every place after them. */
    private static void refuseStrangeBreaks(String text) throws NoText {
        Matcher strange = STRANGE_BREAK.matcher(text);
        if (strange.find()) {
            throw new NoText(
                    Rule.NOT_YAML,
                    positionOf(text, text.codePointCount(0, strange.start())),
                    String.format(
                            "character U+%04X breaks the line for some readers and not for others; remove it",
                            (int) text.charAt(strange.start())));
        }
    }

    private static NoText unreadable(String why) {
        return new NoText(Rule.UNREADABLE, Position.START, "the plan " + why);
    }

    private static NoText tooLarge(long size) {
        return new NoText(
                Rule.TOO_LARGE,
                Position.START,
                String.format(
                        Locale.ROOT,
                        "the plan has %,d bytes, more than the %,d that a plan may have; split it",
                        size,
                        MOST_BYTES));
    }

    private static String decode(byte[] bytes) throws NoText {
        if (bytes.length >= 2) {
            int mark = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
            if (mark == UTF_16_BIG || mark == UTF_16_LITTLE) {
                throw new NoText(Rule.NOT_UTF_8, Position.START, "the plan is written in UTF-16; save it as UTF-8");
            }
        }
        CharsetDecoder decoder = UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        ByteBuffer input = ByteBuffer.wrap(bytes);
        CoderResult result = decoder.decode(input, text, true);
        String decoded = text.flip().toString();
        if (result.isError()) {
            throw new NoText(
                    Rule.NOT_UTF_8,
                    positionOf(decoded, decoded.codePointCount(0, decoded.length())),
                    String.format("byte 0x%02X is not UTF-8; save the plan as UTF-8", input.get(input.position())));
        }
        String plain = decoded.startsWith(BOM) ? decoded.substring(1) : decoded;
        refuseStrangeBreaks(plain);
        return plain;
    }
}
