"""Rules for scopes and requirements, if a contract declares them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from packaging.version import InvalidVersion, Version

from astrbot_generator.errors import Problem
from astrbot_generator.names import constant
from astrbot_generator.pointer import join
from astrbot_generator.read import Row, Table, position_of

LEVELS = ("MUST", "SHOULD")


def vocabulary_problems(document: Table) -> Iterator[Problem]:
    """Yields the problems of `x-release`, `x-scopes`, `x-closed-scopes` and `x-requirements` at the root."""
    yield from _release_problems(document)
    yield from _scope_problems(document)
    yield from _closed_problems(document)
    yield from _requirement_problems(document)


def release_of(document: Table) -> str:
    """Returns the release that a contract describes: `x-release`, or else `info.version`."""
    return str(document.get("x-release") or document["info"]["version"])


def implied(scope: str, scopes: Any) -> list[str]:
    """Returns the scopes that a scope implies, directly or through others; the scope itself only if it is circular."""
    found: list[str] = []
    waiting = [scope]
    while waiting:
        entry = scopes.get(waiting.pop(0))
        for name in entry.get("implies", ()) if isinstance(entry, dict) else ():
            if name not in found:
                found.append(name)
                waiting.append(name)
    return found


def _release_problems(document: Table) -> Iterator[Problem]:
    if "x-release" in document:
        release = document["x-release"]
        try:
            known = isinstance(release, str) and str(Version(release)) == release
        except InvalidVersion:
            known = False
        if not known:
            wrong = f"`{release}` is not a normalized PEP 440 version"
            yield _problem(document, "x-release", "", wrong, "write it like `4.26.0b8` or `4.29.1`")


def _scope_problems(document: Table) -> Iterator[Problem]:
    scopes = document.get("x-scopes")
    if scopes is None:
        return
    if not isinstance(scopes, Table):
        yield _problem(
            document, "x-scopes", "", "not a mapping", "map each scope to its meaning: `bot: {en: …, zh: …}`"
        )
        return
    members: dict[str, str] = {}
    for name, entry in scopes.items():
        pointer = "/x-scopes"
        member = constant(name)
        if members.setdefault(member, name) != name:
            wrong = f"`{name}` and `{members[member]}` would both become the member `{member}`"
            yield _problem(scopes, name, pointer, wrong, "rename one of them")
        if not isinstance(entry, Table) or not all(isinstance(entry.get(word), str) for word in ("en", "zh")):
            yield _problem(scopes, name, pointer, f"the scope `{name}` has no meaning", "give it `en` and `zh`")
            continue
        implies = entry.get("implies", Row(entry.position))
        if not isinstance(implies, Row):
            yield _problem(entry, "implies", join(pointer, name), "`implies` is not a list", "list the names of scopes")
            continue
        for index, other in enumerate(implies):
            if other not in scopes:
                wrong = f"`{name}` implies `{other}`, which is not a scope"
                yield _problem(implies, index, join(pointer, name, "implies"), wrong, _choose(scopes))
        yield from _sub_scope_problems(name, entry, scopes)
        if name in implied(name, scopes):
            wrong = f"the scope `{name}` implies itself"
            yield _problem(
                entry,
                "implies",
                join(pointer, name),
                wrong,
                "remove it from `implies`, also of the scopes that it implies",
            )


def _sub_scope_problems(name: str, entry: Table, scopes: Table) -> Iterator[Problem]:
    """Yields sub-scopes without a plain scope to require, and sub-scopes that imply or are implied."""
    pointer = join("/x-scopes", name)
    needed = entry.get("requires")
    for index, other in enumerate(entry.get("implies") or ()):
        if is_sub_scope(scopes.get(other)):
            wrong = f"`{name}` implies `{other}`, a sub-scope, which must be granted explicitly"
            yield _problem(entry["implies"], index, join(pointer, "implies"), wrong, "imply plain scopes only")
    if "requires" not in entry:
        return
    if needed not in plain_scopes(scopes):
        wrong = f"`{name}` requires `{needed}`, which is not a plain scope"
        yield _problem(entry, "requires", pointer, wrong, f"use one of {', '.join(plain_scopes(scopes))}")
    if entry.get("implies"):
        wrong = f"`{name}` is a sub-scope, but implies other scopes"
        yield _problem(entry, "implies", pointer, wrong, "leave out `implies`, or `requires`")


def is_sub_scope(entry: Any) -> bool:
    """Returns whether the entry declares a sub-scope: one that requires another scope."""
    return isinstance(entry, Table) and "requires" in entry


def plain_scopes(scopes: Table) -> list[str]:
    """Returns the names of the scopes that are not sub-scopes."""
    return [name for name, entry in scopes.items() if not is_sub_scope(entry)]


def _closed_problems(document: Table) -> Iterator[Problem]:
    closed = document.get("x-closed-scopes")
    if closed is None:
        return
    if not isinstance(closed, Row) or not all(isinstance(name, str) for name in closed):
        yield _problem(document, "x-closed-scopes", "", "not a list of names", "list the names of closed areas")
        return
    for index, name in enumerate(closed):
        if name in document.get("x-scopes", ()):
            wrong = f"`{name}` is both a closed area and a scope"
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
            wrong = f"the requirement `{name}` is incomplete"
            remedy = "give it `level` (MUST or SHOULD), `sentence` and `source`"
            yield _problem(requirements, name, "/x-requirements", wrong, remedy)


def _choose(scopes: Table) -> str:
    return f"use one of {', '.join(scopes)}"


def _problem(holder: Table | Row, key: str | int, pointer: str, wrong: str, remedy: str) -> Problem:
    return Problem(position_of(holder, key), join(pointer, key), wrong, remedy)
