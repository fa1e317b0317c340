"""Checks are called on two lanes, so that those that wait do not hold up the others."""

import threading
from concurrent.futures import wait

import pytest
from astrbot_conformance.engine.check_pool import CheckPool


def test_short_ones_go_on_while_long_ones_wait() -> None:
    """As many long ones as there are threads wait for something that the last short one brings about."""
    lanes, done = CheckPool(4), threading.Event()
    long = [lanes.put(lambda: done.wait(10), is_long=True) for _ in range(4)]
    short = [lanes.put(lambda: True, is_long=False) for _ in range(20)]
    last = lanes.put(done.set, is_long=False)
    lanes.start()

    last.result(10)
    assert all(future.result(10) for future in [*short, *long])
    lanes.close()


def test_nobody_idles_while_one_lane_is_empty() -> None:
    """All threads take long ones where there is nothing else."""
    lanes, together = CheckPool(4), threading.Barrier(4)
    long = [lanes.put(lambda: together.wait(10), is_long=True) for _ in range(4)]
    lanes.start()

    assert sorted(future.result(10) for future in long) == [0, 1, 2, 3]
    lanes.close()


def test_a_single_thread_takes_both() -> None:
    """Everything is called in the end."""
    lanes = CheckPool(1)
    futures = [lanes.put(lambda: 1, is_long=number % 2 == 0) for number in range(9)]
    lanes.start()

    assert sum(future.result(10) for future in futures) == 9
    lanes.close()


def test_what_a_task_raises_is_in_its_future() -> None:
    """The next one is called all the same."""
    lanes = CheckPool(1)
    failing, next_one = lanes.put(lambda: 1 // 0, is_long=False), lanes.put(lambda: 1, is_long=False)
    lanes.start()

    with pytest.raises(ZeroDivisionError):
        failing.result(10)
    assert next_one.result(10) == 1
    lanes.close()


def test_nothing_begins_after_the_end() -> None:
    """What is under way is waited for, what waits is never called."""
    lanes, begun, go_on = CheckPool(1), threading.Event(), threading.Event()
    called: list[int] = []

    def first() -> None:
        begun.set()
        go_on.wait(10)
        called.append(1)

    under_way = lanes.put(first, is_long=True)
    lanes.put(lambda: called.append(2), is_long=False)
    lanes.start()
    begun.wait(10)
    closing = threading.Thread(target=lanes.close)
    closing.start()
    go_on.set()
    closing.join(10)

    assert not wait([under_way], timeout=10).not_done
    assert called == [1]
