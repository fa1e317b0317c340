"""Checks run in two queues, so that waiting checks do not delay the others."""

import threading
from concurrent.futures import wait

import pytest
from astrbot_conformance.engine.check_pool import CheckPool


def test_short_tasks_run_while_long_ones_wait() -> None:
    """As many long tasks as threads wait for an event that the last short task sets."""
    lanes, done = CheckPool(4), threading.Event()
    long = [lanes.put(lambda: done.wait(10), is_long=True) for _ in range(4)]
    short = [lanes.put(lambda: True, is_long=False) for _ in range(20)]
    last = lanes.put(done.set, is_long=False)
    lanes.start()

    last.result(10)
    assert all(future.result(10) for future in [*short, *long])
    lanes.close()


def test_no_thread_is_idle_while_tasks_wait() -> None:
    """All threads run long tasks if there are no short ones."""
    lanes, together = CheckPool(4), threading.Barrier(4)
    long = [lanes.put(lambda: together.wait(10), is_long=True) for _ in range(4)]
    lanes.start()

    assert sorted(future.result(10) for future in long) == [0, 1, 2, 3]
    lanes.close()


def test_a_single_thread_runs_both_kinds() -> None:
    """All tasks run in the end."""
    lanes = CheckPool(1)
    futures = [lanes.put(lambda: 1, is_long=number % 2 == 0) for number in range(9)]
    lanes.start()

    assert sum(future.result(10) for future in futures) == 9
    lanes.close()


def test_an_exception_is_in_the_future() -> None:
    """The next task still runs."""
    lanes = CheckPool(1)
    failing, next_one = lanes.put(lambda: 1 // 0, is_long=False), lanes.put(lambda: 1, is_long=False)
    lanes.start()

    with pytest.raises(ZeroDivisionError):
        failing.result(10)
    assert next_one.result(10) == 1
    lanes.close()


def test_no_task_starts_after_shutdown() -> None:
    """Running tasks are waited for, and waiting tasks never start."""
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
