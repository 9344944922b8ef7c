package io.github.rocketmigrate.report;

/**
 * How much of a board is shown. A page that refreshes itself has to fit its window, because a terminal cannot return to
 * lines that have scrolled away.
 *
 * @param isFolded whether only {@code mostRows} rows are shown, those with a problem first, and the others are counted
 * @param mostRows the rows of all batches of a folded board
 * @param hasLegend whether the columns are explained
 * @param hasNotes whether notes and warnings are shown; otherwise they are counted
 * @param mergesBatches whether the batches without a row share one line
 */
record BoardExtent(boolean isFolded, int mostRows, boolean hasLegend, boolean hasNotes, boolean mergesBatches) {
    static final BoardExtent WHOLE = new BoardExtent(false, Integer.MAX_VALUE, true, true, false);
    static final BoardExtent WITHOUT_LEGEND = new BoardExtent(false, Integer.MAX_VALUE, false, true, false);

    static BoardExtent folded(int mostRows) {
        return new BoardExtent(true, mostRows, false, true, false);
    }

    static BoardExtent withoutNotes(int mostRows) {
        return new BoardExtent(true, mostRows, false, false, false);
    }

    static BoardExtent withMergedBatches(int mostRows) {
        return new BoardExtent(true, mostRows, false, false, true);
    }
}
