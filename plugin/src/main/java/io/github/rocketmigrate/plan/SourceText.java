package io.github.rocketmigrate.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.text.GoalCommand;
import io.github.rocketmigrate.text.Names;
import io.github.rocketmigrate.text.Spelling;
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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads the text of a plan, and rejects files that the YAML parser should not see: too large, not UTF-8, no files. */
final class SourceText {
    private static final int LONGEST_LINE = 500_000;

    static final int MOST_BYTES = 4 * 1024 * 1024;

    private static final int UTF_16_BIG = 0xFEFF;
    private static final int UTF_16_LITTLE = 0xFFFE;
    private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\r|\n");
    private static final Pattern AMBIGUOUS_BREAK = Pattern.compile("[\u0085\u2028\u2029]");
    private static final int MOST_NAMED = 3;
    private static final Pattern PLAN_FILE = Pattern.compile(".*\\.ya?ml");
    private static final String BOM = "\uFEFF";

    private SourceText() {}

    /** Says why a file cannot be a plan. */
    static final class NotText extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        NotText(Rule rule, Position at, String what) {
            super(what);
            this.problem = new Problem(rule, at, what);
        }

        Problem problem() {
            return problem;
        }
    }

    /** Reads {@code file} as UTF-8 without its byte order mark. */
    static String read(Path file) throws NotText {
        return withoutMark(readWhole(file));
    }

    /** Reads {@code file} as UTF-8. */
    static String readWhole(Path file) throws NotText {
        return decode(bytes(file));
    }

    static String withoutMark(String text) {
        return text.startsWith(BOM) ? text.substring(1) : text;
    }

    static List<String> lines(String text) {
        return text.lines().toList();
    }

    /** Converts an index in code points into a position. */
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

    private static byte[] bytes(Path file) throws NotText {
        try {
            if (Files.isDirectory(file)) {
                throw unreadable("is a folder; set -Dmigrate.file= to the plan's file");
            }
            long size = Files.size(file);
            // Reading a device may never end, and reading a pipe may never begin.
            if (!Files.isRegularFile(file)) {
                throw unreadable("is not a regular file; set -Dmigrate.file= to the plan's file");
            }
            if (size > MOST_BYTES) {
                throw tooLarge(size);
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw unreadable("does not exist at " + file.toAbsolutePath().normalize() + instead(file));
        } catch (FileSystemLoopException e) {
            throw unreadable("is a link to itself; set -Dmigrate.file= to the plan's file");
        } catch (IOException e) {
            String why = Files.isSymbolicLink(file) ? "is a link whose target cannot be read" : "cannot be read";
            throw unreadable(why + " (" + e.getClass().getSimpleName() + "); check the file and its permissions");
        }
    }

    /** The file in the same folder whose name is nearly the same, or the files there that may be plans. */
    private static String instead(Path missing) {
        List<String> names = plans(missing);
        return Spelling.misspelled(missing.getFileName().toString(), names)
                .map(other -> "; did you mean " + other + "?")
                .orElseGet(() -> names.isEmpty()
                        ? "; set -Dmigrate.file= to the plan's file, or write a plan with migrate:discover"
                        : "; the folder has " + Names.of(names, MOST_NAMED)
                                + ", so set -Dmigrate.file= to the plan's file");
    }

    private static List<String> plans(Path missing) {
        try (Stream<Path> files = Files.list(missing.toAbsolutePath().getParent())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> PLAN_FILE.matcher(name).matches())
                    // The usual name first, because only a few are named.
                    .sorted(Comparator.comparing((String name) -> !name.equals(GoalCommand.USUAL_FILE))
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        } catch (IOException noSuchFolder) {
            return List.of();
        }
    }

    /** Rejects characters that end a line for some YAML parsers only, because all later positions would be wrong. */
    private static void rejectAmbiguousBreaks(String text) throws NotText {
        Matcher ambiguous = AMBIGUOUS_BREAK.matcher(text);
        if (ambiguous.find()) {
            throw new NotText(
                    Rule.NOT_YAML,
                    positionOf(text, text.codePointCount(0, ambiguous.start())),
                    String.format(
                            "character U+%04X ends a line for some YAML parsers only; remove it",
                            (int) text.charAt(ambiguous.start())));
        }
    }

    private static NotText unreadable(String why) {
        return new NotText(Rule.UNREADABLE, Position.START, "the plan " + why);
    }

    private static NotText tooLarge(long size) {
        return new NotText(
                Rule.TOO_LARGE,
                Position.START,
                String.format(
                        Locale.ROOT,
                        "the plan has %,d bytes (limit %,d); split it into several plans",
                        size,
                        MOST_BYTES));
    }

    private static String decode(byte[] bytes) throws NotText {
        if (bytes.length >= 2) {
            int mark = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
            if (mark == UTF_16_BIG || mark == UTF_16_LITTLE) {
                throw new NotText(Rule.NOT_UTF_8, Position.START, "the plan is encoded in UTF-16; save it as UTF-8");
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
            throw new NotText(
                    Rule.NOT_UTF_8,
                    positionOf(decoded, decoded.codePointCount(0, decoded.length())),
                    String.format(
                            "byte 0x%02X is not valid UTF-8; save the plan as UTF-8", input.get(input.position())));
        }
        rejectAmbiguousBreaks(withoutMark(decoded));
        return decoded;
    }

    /** The first line that is too long for a parser of YAML. */
    static Optional<Problem> tooLong(List<String> lines) {
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).length() > LONGEST_LINE)
                .mapToObj(i -> new Problem(
                        Rule.TOO_COMPLEX,
                        new Position(i + 1, 1, 1),
                        String.format(
                                Locale.ROOT,
                                "this line has %,d characters (limit %,d); break it into several lines",
                                lines.get(i).length(),
                                LONGEST_LINE)))
                .findFirst();
    }
}
