"""Rules for scopes and requirements, if a contract declares them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from packaging.version import InvalidVersion, Version

from astrbot_generator.errors import Problem
from astrbot_generator.pointer import join
from astrbot_generator.read import Row, Table, problem_at

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


def is_release(text: object) -> bool:
    """Returns whether a text is a normalized PEP 440 version, such as `4.26.0b8`."""
    try:
        return isinstance(text, str) and str(Version(text)) == text
    except InvalidVersion:
        return False


def implied(scope: str, scopes: Any) -> list[str]:
    """Returns the scopes that a scope implies, directly or through others; the scope itself only if it is circular."""
    found: list[str] = []
    waiting = [scope]
    while waiting:
        entry = scopes.get(waiting.pop(0))
        listed = entry.get("implies") if isinstance(entry, dict) else None
        for name in map(str, listed if isinstance(listed, list) else ()):
            if name not in found:
                found.append(name)
                waiting.append(name)
    return found


def _release_problems(document: Table) -> Iterator[Problem]:
    if "x-release" in document and not is_release(document["x-release"]):
        wrong = f"`{document['x-release']}` is not a normalized PEP 440 version"
        yield problem_at(document, "x-release", "", wrong, "write it like `4.26.0b8` or `4.29.1`")


def _scope_problems(document: Table) -> Iterator[Problem]:
    scopes = document.get("x-scopes")
    if scopes is None:
        return
    if not isinstance(scopes, Table):
        remedy = "map each scope to its meaning: `bot: {en: …, zh: …}`"
        yield problem_at(document, "x-scopes", "", "not a mapping", remedy)
        return
    for name, entry in scopes.items():
        pointer = join("/x-scopes", name)
        if not isinstance(entry, Table) or not all(isinstance(entry.get(word), str) for word in ("en", "zh")):
            yield problem_at(scopes, name, "/x-scopes", f"the scope `{name}` has no meaning", "give it `en` and `zh`")
        elif not isinstance(entry.get("implies", []), list):
            yield problem_at(entry, "implies", pointer, "`implies` is not a list", "list the names of scopes")
        else:
            yield from _implication_problems(name, entry, scopes, pointer)
            yield from _sub_scope_problems(name, entry, scopes, pointer)


def _implication_problems(name: str, entry: Table, scopes: Table, pointer: str) -> Iterator[Problem]:
    """Yields implied names that are not plain scopes, and a scope that implies itself."""
    for index, other in enumerate(entry.get("implies", ())):
        where = join(pointer, "implies")
        if other not in scopes:
            wrong = f"`{name}` implies `{other}`, which is not a scope"
            yield problem_at(entry["implies"], index, where, wrong, f"use one of {', '.join(scopes)}")
        elif is_sub_scope(scopes[other]):
            wrong = f"`{name}` implies `{other}`, a sub-scope, which must be granted explicitly"
            yield problem_at(entry["implies"], index, where, wrong, "imply plain scopes only")
    if name in implied(name, scopes):
        remedy = "remove it from `implies`, also of the scopes that it implies"
        yield problem_at(entry, "implies", pointer, f"the scope `{name}` implies itself", remedy)


def _sub_scope_problems(name: str, entry: Table, scopes: Table, pointer: str) -> Iterator[Problem]:
    """Yields a sub-scope that requires no plain scope, or that implies other scopes."""
    if is_sub_scope(entry) and entry["requires"] not in plain_scopes(scopes):
        wrong = f"`{name}` requires `{entry['requires']}`, which is not a plain scope"
        yield problem_at(entry, "requires", pointer, wrong, f"use one of {', '.join(plain_scopes(scopes))}")
    if is_sub_scope(entry) and entry.get("implies"):
        wrong = f"`{name}` is a sub-scope, but implies other scopes"
        yield problem_at(entry, "implies", pointer, wrong, "leave out `implies`, or `requires`")


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
        yield problem_at(document, "x-closed-scopes", "", "not a list of names", "list the names of closed areas")
        return
    for index, name in enumerate(closed):
        if name in document.get("x-scopes", ()):
            wrong = f"`{name}` is both a closed area and a scope"
            yield problem_at(closed, index, "/x-closed-scopes", wrong, "keep it in one of the two")


def _requirement_problems(document: Table) -> Iterator[Problem]:
    requirements = document.get("x-requirements")
    if requirements is None:
        return
    if not isinstance(requirements, Table):
        yield problem_at(document, "x-requirements", "", "not a mapping", "map each id to level, sentence and source")
        return
    for name, entry in requirements.items():
        complete = isinstance(entry, Table) and all(isinstance(entry.get(word), str) for word in ("sentence", "source"))
        if not complete or entry.get("level") not in LEVELS:
            wrong = f"the requirement `{name}` is incomplete"
            remedy = "give it `level` (MUST or SHOULD), `sentence` and `source`"
            yield problem_at(requirements, name, "/x-requirements", wrong, remedy)
