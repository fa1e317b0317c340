"""An overlay as text: its actions, written as YAML with comments for the person who completes it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 110  # characters of a value that stays on one line
HEAD = """\
# A draft: the differences that the published document and safe reads show. Complete it: search for TODO, check each
# change by hand on a real server, and add what neither of the two can show.
overlay: 1.0.0
info: {{title: AstrBot {new} after {old}, version: {new}}}
actions:
"""


@dataclass(frozen=True)
class Action:
    """One change. target: a JSONPath. key, value: `update`, `remove` or `x-remove-entries`, and its value."""

    target: str
    key: str
    value: Any
    comment: str = ""


def removal(target: str, comment: str = "") -> Action:
    """The action that removes what a JSONPath selects."""
    return Action(target, "remove", value=True, comment=comment)


def overlay(old: str, new: str, actions: Sequence[Action]) -> str:
    """The text of the overlay that turns the contract of release `old` into that of `new`."""
    own = [Action("$", "update", {"x-release": new}), *actions]
    return HEAD.format(old=old, new=new) + "".join(map(_written, own))


def quoted(*names: str) -> str:
    """Names as selectors of a JSONPath: `['a']['b']`."""
    return "".join("['" + name.replace("\\", "\\\\").replace("'", "\\'") + "']" for name in names)


def _written(action: Action) -> str:
    comment = "".join(f"  # {line}\n" for line in action.comment.splitlines())
    return f"{comment}  - target: {json.dumps(action.target)}\n    {action.key}:{_value(action.value, 6)}"


def _value(value: Any, indent: int) -> str:
    """A value after its key: on the same line if it is short, else as a block."""
    text = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict) or not value or len(text) + indent <= WIDTH:
        return f" {text}\n"
    return "\n" + "".join(_member(name, value[name], indent) for name in value)


def _member(name: str, value: Any, indent: int) -> str:
    return f"{' ' * indent}{json.dumps(name, ensure_ascii=False)}:{_value(value, indent + 2)}"


def references(value: Any) -> Iterator[str]:
    """Every reference in a value."""
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        mapping = value.get("discriminator")
        for target in (mapping.get("mapping") or {}).values() if isinstance(mapping, dict) else ():
            yield str(target)
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from references(part)
