"""Prints a plan: one template for each file, then one run of ruff over all of them."""

from __future__ import annotations

import json
import subprocess
import tempfile
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import Any

import jinja2
from ruff import find_ruff_bin  # type: ignore[import-untyped]

from astrbot_generator.plan import Plan, PlannedAnswer, PlannedBody, PlannedOperation, PlannedParameter
from astrbot_generator.reference_words import CHINESE, ENGLISH, Words

PACKAGE = PurePosixPath("astrbot_api")
DOCS = PurePosixPath("docs")
LINE_LENGTH = 120
_STATUS_NAMES = {
    "400": "BAD_REQUEST",
    "401": "UNAUTHORIZED",
    "403": "FORBIDDEN",
    "404": "NOT_FOUND",
    "409": "CONFLICT",
    "422": "UNPROCESSABLE",
    "429": "TOO_MANY_REQUESTS",
}
_MODULES = (
    "contract.py",
    "document.py",
    "operation.py",
    "operations.py",
    "requirements.py",
    "scopes.py",
    "validation.py",
)
_USES = """\
from typing import Annotated, Any, Literal, Protocol

from fastapi import APIRouter, Cookie, Header, Path, Query

from .. import models
from .answers import EventStream, Raw
from .bodies import Form, conforms, delimited
from .routing import Routes
from .security import Authenticate, CallerT, CallerT_contra
"""

Ways = tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]


def render(plan: Plan) -> dict[PurePosixPath, str]:
    """The text of every file but the models and the bundle; not yet formatted."""
    table = _Table(plan)
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("astrbot_generator"),
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - what is printed is Python and Markdown
    )
    environment.filters |= {
        "py": literal,
        "docstring": docstring,
        "cell": cell,
        "signature": signature,
        "operation_docstring": operation_docstring,
        "packed": packed,
        "heading": heading,
        "body_arguments": body_arguments,
        "parameter_expression": parameter_expression,
        "answer_arguments": table.answer_arguments,
        "answer_expression": table.answer_expression,
        "ways_name": table.ways_name,
    }

    def print_template(name: str, **given: Any) -> str:
        return environment.get_template(f"{name}.jinja").render(plan=plan, **given)

    given = {"above": ".", "shared_answers": table.shared_answers, "shared_ways": table.shared_ways}
    files = {PACKAGE / name: print_template(name, **given) for name in _MODULES}
    files[PACKAGE / "releases.py"] = print_template("releases.py", releases=[(plan.release, "")])
    for name in ("__init__.py", "security.py", "answers.py", "bodies.py", "routing.py"):
        files[PACKAGE / "server" / name] = print_template(f"server/{name}")
    for service in plan.services:
        text = print_template("server/service.py", service=service, uses=_USES)
        files[PACKAGE / "server" / f"{service.module}.py"] = text
    files[PACKAGE / "__init__.py"] = f'"""The contract of {docstring(plan.title)} as code. Generated; do not edit."""\n'
    files[PACKAGE / "py.typed"] = ""
    for language, words in (("en", ENGLISH), ("zh", CHINESE)):
        text = print_template("docs/scopes.md", words=words, language=language, table=operation_table)
        files[DOCS / words.file] = text.strip() + "\n"
    return files


def format_python(files: dict[PurePosixPath, str]) -> dict[PurePosixPath, str]:
    """The same files, with imports sorted, unused ones removed, and formatted."""
    with tempfile.TemporaryDirectory(prefix="astrbot-contract-") as folder:
        for path, text in files.items():
            if path.suffix == ".py":
                target = Path(folder, path)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8", newline="\n")
        options = [
            "--isolated",
            "--no-cache",
            "--quiet",
            f"--line-length={LINE_LENGTH}",
            "--target-version=py311",
            folder,
        ]
        executable = find_ruff_bin()
        for command in (["check", "--fix-only", "--select=I,F401,UP"], ["format"]):
            done = subprocess.run([executable, *command, *options], capture_output=True, text=True, check=False)  # noqa: S603
            if done.returncode:
                raise RuntimeError(f"ruff {command[0]} refuses the generated code: {done.stdout}{done.stderr}")
        return {
            path: Path(folder, path).read_text(encoding="utf-8") if path.suffix == ".py" else text
            for path, text in files.items()
        }


class _Table:
    """Names for what many operations share: answers, and ways in."""

    def __init__(self, plan: Plan) -> None:
        answers = Counter(answer for operation in plan.operations for answer in operation.answers)
        self._answers = _named([a for a, count in answers.items() if count > 2], self._answer_name)
        self._ways = _named(list(dict.fromkeys(o.security for o in plan.operations if o.security)), self._way_name)
        self.shared_answers = [(name, answer) for answer, name in self._answers.items()]
        self.shared_ways = [(name, ways) for ways, name in self._ways.items()]

    def answer_arguments(self, answer: PlannedAnswer) -> str:
        """The arguments of `Answer(...)`."""
        media_type = "_JSON" if answer.media_type == "application/json" else literal(answer.media_type)
        events = f", {literal(answer.events)}" if answer.events else ""
        return f"{literal(answer.status)}, {media_type}, {literal(answer.pointer)}{events}"

    def answer_expression(self, answer: PlannedAnswer) -> str:
        """An answer, by its name where it has one."""
        return self._answers.get(answer) or f"Answer({self.answer_arguments(answer)})"

    def ways_name(self, ways: Ways) -> str:
        """The name of ways in."""
        return self._ways[ways]

    @staticmethod
    def _answer_name(answer: PlannedAnswer) -> str:
        if answer.status in _STATUS_NAMES:
            return f"_{_STATUS_NAMES[answer.status]}"
        last = (answer.pointer or "empty").rpartition("/")[2]
        word = last if last.isidentifier() and last != "schema" else "answer"
        return f"_{word.upper()}_{answer.status.upper()}"

    @staticmethod
    def _way_name(ways: Ways) -> str:
        roles = dict.fromkeys(role for way in ways for _, listed in way for role in listed)
        words = "_".join(roles).upper()
        return f"_BY_{words}" if words.isidentifier() else "_BY_SCHEME"


def _named(values: Iterable[Any], name: Callable[[Any], str]) -> dict[Any, str]:
    """A name for each value; a number behind those that would share one."""
    named: dict[Any, str] = {}
    for value in values:
        wanted = name(value)
        free, number = wanted, 2
        while free in named.values():
            free, number = f"{wanted}_{number}", number + 1
        named[value] = free
    return named


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
