"""How what is planned looks as Python text and as Markdown: the filters of the templates."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable
from typing import Any

from astrbot_generator.plan import PlannedBody, PlannedOperation, PlannedParameter, PlannedScope
from astrbot_generator.reference_words import Words

LINE_LENGTH = 120


def literal(value: Any) -> str:
    """A value as Python text, texts in double quotes."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\x7f")
    if isinstance(value, tuple):
        inside = ", ".join(literal(item) for item in value)
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    return repr(value)


def docstring(text: str) -> str:
    """A text as it may stand in a docstring, at its beginning and at its end too."""
    return " ".join(text.split()).replace("\\", "\\\\").replace('"""', "'''").strip('"')


def cell(text: str) -> str:
    """A text as it may stand in a cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|")


def sentence(text: str) -> str:
    """A message as a sentence that Markdown shows as it is."""
    text = " ".join(text.split()).replace("<", "&lt;")
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def anchor(heading: str) -> str:
    """How a link names a heading of Markdown."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def who(operation: PlannedOperation) -> str:
    """Who may, as the end of a sentence."""
    if operation.scope:
        return f", scope `{operation.scope.name}`."
    if operation.closed_scope:
        return f", closed (`{operation.closed_scope}`)."
    if operation.public:
        return ", public."
    return f", roles `{', '.join(operation.roles)}`." if operation.roles else "."


def operation_docstring(operation: PlannedOperation) -> str:
    """What an operation does, how it is asked and who may, as a docstring; on one line where it fits."""
    asked = f"`{operation.method} {operation.path}`{who(operation)}"
    line = f'"""{docstring(operation.summary)} {asked}"""'
    if len(line) <= LINE_LENGTH - 8:
        return line
    summary = textwrap.wrap(docstring(operation.summary), LINE_LENGTH - 11)
    return "\n        ".join([f'"""{summary[0]}', *summary[1:], "", asked, '"""']).replace("\n        \n", "\n\n")


def signature(operation: PlannedOperation) -> str:
    """The arguments of a method: who calls, the parameters, the body; all of them by keyword."""
    arguments = [] if operation.public else ["caller: CallerT_contra"]
    arguments += [argument(parameter) for parameter in operation.parameters]
    if operation.body:
        optional = operation.body.form == "model" and not operation.body.required
        arguments.append(f"body: {operation.body.annotation}{' = None' if optional else ''}")
    return ", ".join(["self", "*", *arguments] if arguments else ["self"])


def argument(parameter: PlannedParameter) -> str:
    """A parameter as an argument. Where it stands is known from the table, unless it is called or checked otherwise."""
    default = "" if parameter.default is None else f" = {parameter.default}"
    renamed = parameter.argument != parameter.name
    if not renamed and not parameter.check and not parameter.delimiter:
        return f"{parameter.argument}: {parameter.annotation}{default}"
    alias = f"alias={literal(parameter.name)}" if renamed and parameter.place != "path" else ""
    marks = [f"{parameter.place.capitalize()}({alias})"]
    if parameter.delimiter:
        marks.append(f"delimited({literal(parameter.delimiter)})")
    if parameter.check:
        marks.append(f"conforms({literal(parameter.check)})")
    return f"{parameter.argument}: Annotated[{', '.join([parameter.annotation, *marks])}]{default}"


def heading(operation: PlannedOperation) -> str:
    """What an operation is called, in the table; its summary on the same line where that fits."""
    names = ", ".join(map(literal, (operation.id, operation.method, operation.path, operation.tag)))
    summary = literal(operation.summary)
    apart = " " if len(names) + len(summary) + 3 <= LINE_LENGTH - 8 else "\n        "
    return f"{names},{apart}{summary},"


def packed(items: Iterable[str], opening: str) -> str:
    """`opening(item, item, …)` inside a call, wrapped to the length of a line."""
    items = list(items)
    lines = [f"{opening}("]
    for number, item in enumerate(items):
        last = number == len(items) - 1
        text = item + (",)," if last and len(items) == 1 else ")," if last else ",")
        indent = 8 if len(lines) == 1 else 12
        gap = "" if lines[-1].endswith("(") else " "
        if indent + len(lines[-1]) + len(gap) + len(text) <= LINE_LENGTH or not gap:
            lines[-1] += gap + text
        else:
            lines.append(text)
    return "\n            ".join(lines)


def body_arguments(body: PlannedBody) -> str:
    """A body as it stands in the table."""
    where = f"schema={literal(body.schema)}, pointer={literal(body.pointer)}"
    return f"{literal(body.media_types)}, required={body.required}, {where}"


def parameter_expression(parameter: PlannedParameter) -> str:
    """A parameter as it stands in the table."""
    name, place, kind = literal(parameter.name), literal(parameter.place), literal(parameter.type)
    slashes = ", slashes=True" if parameter.slashes else ""
    return f"Parameter({name}, {place}, required={parameter.required}, type={kind}{slashes})"


def operation_table(operations: list[PlannedOperation], words: Words) -> str:
    """A Markdown table of operations."""
    if not operations:
        return f"\n{words.none}"
    lines = [f"\n| {words.operation} | {words.summary} | {words.effect} |", "| --- | --- | --- |"]
    for operation in operations:
        effect = words.effects.get(operation.side_effect or "", "")
        lines.append(f"| `{operation.method} {operation.path}` | {cell(operation.summary)} | {effect} |")
    return "\n".join(lines)


def sub_scope_table(operations: Iterable[PlannedOperation], name: str, words: Words) -> str:
    """A Markdown table of the operations that certain inputs need a sub-scope for, and of when."""
    asking = [
        (operation, dict(operation.sub_scopes)[name]) for operation in operations if name in operation.sub_scope_names
    ]
    if not asking:
        return f"\n{words.none}"
    lines = [f"\n| {words.operation} | {words.when} |", "| --- | --- |"]
    lines += [f"| `{operation.method} {operation.path}` | {cell(when)} |" for operation, when in asking]
    return "\n".join(lines)


def users(operations: Iterable[PlannedOperation], scope: PlannedScope) -> int:
    """How many operations ask for a scope, always or for certain inputs."""
    return sum(operation.scope == scope or scope.name in operation.sub_scope_names for operation in operations)
