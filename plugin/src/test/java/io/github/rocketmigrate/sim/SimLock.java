package io.github.rocketmigrate.sim;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** A lock among threads that take turns: who waits for it gives the turn away. */
final class SimLock implements Lock {
    private static final long LOOK_AGAIN = World.MILLIS;

    private final Turns turns;
    private Object holder = this;
    private int times;

    SimLock(Turns turns) {
        this.turns = turns;
    }

    @Override
    public void lock() {
        while (!tryLock()) {
            turns.sleep(LOOK_AGAIN);
        }
    }

    @Override
    public void lockInterruptibly() {
        lock();
    }

    @Override
    public boolean tryLock() {
        if (times > 0 && holder != turns.running()) {
            return false;
        }
        holder = turns.running();
        times++;
        return true;
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void unlock() {
        times--;
    }

    @Override
    public Condition newCondition() {
        throw new UnsupportedOperationException();
    }
}
