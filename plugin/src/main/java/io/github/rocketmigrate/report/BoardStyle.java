package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

/**
 * How the table of a board looks.
 *
 * @param wide whether the wanted stage has a column; otherwise it stands below the row
 * @param details whether every row of a large batch is shown
 * @param mostReasons the reasons beside a row
 */
record BoardStyle(boolean wide, boolean details, int mostReasons, BoardExtent extent) {
    private static final int WITH_WANTED = 100;

    BoardStyle {
        requireNonNull(extent, "extent is null");
    }

    static BoardStyle of(int width, boolean details, BoardExtent extent) {
        return new BoardStyle(
                width >= WITH_WANTED, details, details ? RemainingWork.ALL_REASONS : most(extent), extent);
    }

    private static int most(BoardExtent extent) {
        return extent.isFolded() ? RemainingWork.FIRST_REASON : RemainingWork.FIRST_REASONS;
    }
}
