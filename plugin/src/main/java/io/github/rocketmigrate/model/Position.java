package io.github.rocketmigrate.model;

/**
 * A position in the plan's text, for messages and editors.
 *
 * @param line from 1
 * @param column from 1, in characters as an editor counts them
 * @param length in characters, at least 1
 */
public record Position(int line, int column, int length) implements Comparable<Position> {
    /** The position of problems that concern the whole file. */
    public static final Position START = new Position(1, 1, 1);

    public Position {
        length = Math.max(1, length);
    }

    @Override
    public int compareTo(Position other) {
        return line != other.line ? Integer.compare(line, other.line) : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
