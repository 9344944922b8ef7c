package io.github.rocketmigrate.live;

/** Where a message lies; of one in a transaction the producer only knows where its first half lies. */
public record Place(String broker, int queue, long offset) {
    static Place of(String text) {
        String[] parts = text.split(":", -1);
        return new Place(parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
    }

    @Override
    public String toString() {
        return broker + ":" + queue + ":" + offset;
    }
}
