"""What must hold of scopes and requirements where a contract declares them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from astrbot_generator.errors import Problem
from astrbot_generator.pointer import join
from astrbot_generator.reading import Row, Table, place_of

LEVELS = ("MUST", "SHOULD")


def vocabulary_problems(document: Table) -> Iterator[Problem]:
    """What is wrong with `x-scopes`, `x-closed-scopes` and `x-requirements` at the root."""
    yield from _scope_problems(document)
    yield from _closed_problems(document)
    yield from _requirement_problems(document)


def implied(scope: str, scopes: Any) -> list[str]:
    """The scopes that follow from one, directly or through others, as they are met; itself only in a circle."""
    found: list[str] = []
    waiting = [scope]
    while waiting:
        entry = scopes.get(waiting.pop(0))
        for name in entry.get("implies", ()) if isinstance(entry, dict) else ():
            if name not in found:
                found.append(name)
                waiting.append(name)
    return found


def _scope_problems(document: Table) -> Iterator[Problem]:
    scopes = document.get("x-scopes")
    if scopes is None:
        return
    if not isinstance(scopes, Table):
        yield _problem(
            document, "x-scopes", "", "not a mapping", "map each scope to its meaning: `bot: {en: …, zh: …}`"
        )
        return
    for name, entry in scopes.items():
        pointer = "/x-scopes"
        if not isinstance(entry, Table) or not all(isinstance(entry.get(word), str) for word in ("en", "zh")):
            yield _problem(
                scopes, name, pointer, f"the scope `{name}` does not say what it means", "give it `en` and `zh`"
            )
            continue
        implies = entry.get("implies", Row(entry.place))
        if not isinstance(implies, Row):
            yield _problem(entry, "implies", join(pointer, name), "`implies` is no list", "list the names of scopes")
            continue
        for index, other in enumerate(implies):
            if other not in scopes:
                wrong = f"`{name}` implies `{other}`, which is no scope"
                yield _problem(implies, index, join(pointer, name, "implies"), wrong, _choose(scopes))
        if name in implied(name, scopes):
            wrong = f"the scope `{name}` implies itself"
            yield _problem(
                entry, "implies", join(pointer, name), wrong, "remove it from what it implies, also through others"
            )


def _closed_problems(document: Table) -> Iterator[Problem]:
    closed = document.get("x-closed-scopes")
    if closed is None:
        return
    if not isinstance(closed, Row) or not all(isinstance(name, str) for name in closed):
        yield _problem(document, "x-closed-scopes", "", "not a list of names", "list the names of closed areas")
        return
    for index, name in enumerate(closed):
        if name in document.get("x-scopes", ()):
            wrong = f"`{name}` is closed and a scope at once"
            yield _problem(closed, index, "/x-closed-scopes", wrong, "keep it in one of the two")


def _requirement_problems(document: Table) -> Iterator[Problem]:
    requirements = document.get("x-requirements")
    if requirements is None:
        return
    if not isinstance(requirements, Table):
        yield _problem(document, "x-requirements", "", "not a mapping", "map each id to level, sentence and source")
        return
    for name, entry in requirements.items():
        complete = isinstance(entry, Table) and all(isinstance(entry.get(word), str) for word in ("sentence", "source"))
        if not complete or entry.get("level") not in LEVELS:
            wrong = f"the requirement `{name}` is not complete"
            remedy = "give it `level` (MUST or SHOULD), `sentence` and `source`"
            yield _problem(requirements, name, "/x-requirements", wrong, remedy)


def _choose(scopes: Table) -> str:
    return f"name one of {', '.join(scopes)}"


def _problem(holder: Table | Row, key: str | int, pointer: str, wrong: str, remedy: str) -> Problem:
    return Problem(place_of(holder, key), join(pointer, key), wrong, remedy)
