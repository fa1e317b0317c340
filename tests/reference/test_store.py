"""What the store does if its database does not answer, and with ids that no database takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from astrbot_reference.refusal import Refusal
from astrbot_reference.stores.store import ATTEMPTS, LONGEST_ID, Store, Unavailable
from sqlalchemy.exc import IntegrityError, OperationalError


@pytest.fixture
def pauses() -> list[float]:
    """For how long the store waited each time, which it did not really."""
    return []


@pytest.fixture
def store(pauses: list[float], tmp_path: Path) -> Iterator[Store]:
    """A store in a file."""
    made = Store(f"sqlite:///{tmp_path}/a.db", sleep=pauses.append)
    yield made
    made.close()


def failing(monkeypatch: pytest.MonkeyPatch, times: int, error: type[Any] = OperationalError) -> list[int]:
    """Let the database fail so often. Gives what is left of that, and by how much it was asked more."""
    left = [times]
    sound: Callable[..., Any] = vars(Store)["_once"]

    def once(self: Store, work: Callable[..., Any]) -> Any:
        left[0] -= 1
        if left[0] >= 0:
            raise error("SELECT", {}, Exception("the connection is gone"))
        return sound(self, work)

    monkeypatch.setattr(Store, "_once", once)
    return left


@pytest.mark.parametrize("id", ["", "a\0b", "\0", "x" * LONGEST_ID, "x" * 100_000, "ü" * 1_000, "sha256:a"])
def test_any_id_is_kept_and_is_no_other(store: Store, id: str) -> None:
    """It is found, changed and removed."""
    store.put("thing", id, {"id": id})
    store.put("thing", f"{id}-other", {"id": "other"})
    store.replace_all("other", [(id, {"n": 1})])

    assert (store.get("thing", id), store.get("other", id)) == ({"id": id}, {"n": 1})
    assert (store.remove("thing", id), store.remove("thing", id)) == (True, False)
    assert store.all("thing") == [{"id": "other"}]


@pytest.mark.parametrize("id", ["a", "x" * 1_000])
def test_a_renamed_value_keeps_its_position(store: Store, id: str) -> None:
    """It is found under its new id only."""
    for name in ("first", "second"):
        store.put("thing", name, {"id": name})

    store.rename("thing", "first", id, {"id": id})

    assert store.all("thing") == [{"id": id}, {"id": "second"}]
    assert (store.get("thing", "first"), store.get("thing", id)) == (None, {"id": id})


def test_an_unknown_id_is_refused(store: Store) -> None:
    """The caller gives the message and the status."""
    store.put("thing", "a", {"n": 1})

    assert store.find("thing", "a", "not found") == {"n": 1}
    with pytest.raises(Refusal, match="b not found") as refusal:
        store.find("thing", "b", "b not found", 404)
    assert refusal.value.status == 404


def test_a_lost_connection_is_replaced(store: Store, pauses: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody notices."""
    store.put("thing", "a", {"n": 1})
    failing(monkeypatch, 1)
    assert store.get("thing", "a") == {"n": 1}

    failing(monkeypatch, 3)
    store.put("thing", "a", {"n": 2})
    assert (store.get("thing", "a"), pauses) == ({"n": 2}, list(ATTEMPTS[1:3]))


def test_a_lost_database_is_waited_for_once(store: Store, pauses: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    """Then each request says at once that it is not there, until it is."""
    store.put("thing", "a", {"n": 1})
    failing(monkeypatch, 1 + len(ATTEMPTS) + 1)
    with pytest.raises(Unavailable):
        store.all("thing")
    assert pauses == list(ATTEMPTS[1:])

    with pytest.raises(Unavailable):
        store.all("thing")
    assert pauses == list(ATTEMPTS[1:])
    assert store.all("thing") == [{"n": 1}]


def test_an_error_in_what_was_asked_is_not_repeated(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would come again."""
    left = failing(monkeypatch, 1, IntegrityError)
    with pytest.raises(IntegrityError):
        store.all("thing")
    assert left == [0]
