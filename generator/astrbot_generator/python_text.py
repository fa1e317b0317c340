"""Turns planned values into Python text: the filters of the code templates."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from astrbot_generator.code_plan import PlannedBody, PlannedOperation, PlannedParameter
from astrbot_generator.quoted_text import Identifier, PythonText, docstring, joined, literal, python

LINE_LENGTH = 120
_MARKS = {"path": python("Path"), "query": python("Query"), "header": python("Header"), "cookie": python("Cookie")}
_NOTHING = python("")


def who(operation: PlannedOperation) -> str:
    """Returns the required scope as the end of a sentence; the text is not quoted yet."""
    if operation.scope:
        return f", scope `{operation.scope.name}`."
    if operation.closed_scope:
        return f", closed (`{operation.closed_scope}`)."
    if operation.public:
        return ", public."
    return f", roles `{', '.join(operation.roles)}`." if operation.roles else "."


def operation_docstring(operation: PlannedOperation) -> PythonText:
    """Returns the docstring of an operation: summary, request and scope; on one line if it fits."""
    request = docstring(f"`{operation}`{who(operation)}")
    line = python('"""{} {}"""', docstring(operation.summary), request)
    if len(line) <= LINE_LENGTH - 8:
        return line
    summary = textwrap.wrap(operation.summary, LINE_LENGTH - 11)  # before quoting, so that no escape is split
    paragraph = joined(python("\n        "), map(docstring, summary))
    return python('"""{}\n\n        {}\n        """', paragraph, request)


def signature(operation: PlannedOperation) -> PythonText:
    """Returns the arguments of a method: the caller, the parameters and the body, all keyword-only."""
    arguments = [] if operation.public else [python("caller: CallerT_contra")]
    arguments += [argument(parameter) for parameter in operation.parameters]
    if operation.body:
        optional = operation.body.form in ("model", "mixed") and not operation.body.required
        kind = operation.body.annotation
        if operation.body.kinds:
            kinds = joined(python(", "), [python("{}: {}", literal(name), one) for name, one in operation.body.kinds])
            kind = python("Annotated[{}, by_media_type({{{}}})]", kind, kinds)
        arguments.append(python("body: {}{}", kind, python(" = None") if optional else _NOTHING))
    if operation.socket:
        arguments.append(python("message: {}", operation.socket.model))
    return joined(python(", "), [python("self"), *([python("*"), *arguments] if arguments else [])])


def call(operation: PlannedOperation) -> PythonText:
    """Returns a call of the method, for a method that has the same arguments."""
    names = [] if operation.public else [python("caller")]
    names += [parameter.argument for parameter in operation.parameters]
    names += [python("body")] if operation.body else []
    arguments = joined(python(", "), [python("{}={}", name, name) for name in names])
    return python("self.{}({})", operation.function, arguments)


def argument(parameter: PlannedParameter) -> PythonText:
    """Returns a parameter as an argument; marks its location if it is renamed or needs an extra check."""
    default = _NOTHING if parameter.default is None else python(" = {}", parameter.default)
    if parameter.structure:
        given = {"name": parameter.name, "param_in": parameter.param_in, **dict(parameter.structure)}
        options = [python("{}={}", Identifier(name), literal(value)) for name, value in given.items()]
        reader = python("structured(release=RELEASE, {})", joined(python(", "), options))
        return python("{}: Annotated[{}, {}]{}", parameter.argument, parameter.annotation, reader, default)
    hyphenated = parameter.param_in == "header" and "_" in parameter.name  # FastAPI would read `api-key` for `api_key`
    renamed = parameter.argument != parameter.name or not parameter.name.isascii() or hyphenated
    if not renamed and not parameter.check and not parameter.delimiter:
        return python("{}: {}{}", parameter.argument, parameter.annotation, default)
    alias = python("alias={}", literal(parameter.name)) if renamed and parameter.param_in != "path" else _NOTHING
    marks = [parameter.annotation, python("{}({})", _MARKS[parameter.param_in], alias)]
    if parameter.delimiter:
        marks.append(python("delimited({})", literal(parameter.delimiter)))
    if parameter.check:
        marks.append(python("conforms({})", literal(parameter.check)))
    return python("{}: Annotated[{}]{}", parameter.argument, joined(python(", "), marks), default)


def heading(operation: PlannedOperation) -> PythonText:
    """Returns the names of an operation for the table, with its summary on the same line if it fits."""
    words = (operation.id, operation.method, operation.path, operation.tag)
    names, summary = joined(python(", "), map(literal, words)), literal(operation.summary)
    fits = len(names) + len(summary) + 3 <= LINE_LENGTH - 8
    return python("{},{}{},", names, python(" ") if fits else python("\n        "), summary)


def packed(items: Iterable[PythonText], opening: str) -> PythonText:
    """Returns `opening=(item, item, …),` as an argument, wrapped to the line length."""
    items = [python("{}", item) for item in items]
    lines = [f"{opening}=("]
    for number, item in enumerate(items):
        last = number == len(items) - 1
        text = item + (",)," if last and len(items) == 1 else ")," if last else ",")
        indent = 8 if len(lines) == 1 else 12
        gap = "" if lines[-1].endswith("(") else " "
        if indent + len(lines[-1]) + len(gap) + len(text) <= LINE_LENGTH or not gap:
            lines[-1] += gap + text
        else:
            lines.append(text)
    return PythonText("\n            ".join(lines))


def body_arguments(body: PlannedBody) -> PythonText:
    """Returns the arguments of `Body(...)` for the table."""
    schema, pointer = literal(body.schema), literal(body.pointer)
    content = python(", content={}", literal(body.content)) if body.content else _NOTHING
    types = literal(body.media_types)
    return python("{}, required={}, schema={}, pointer={}{}", types, body.required, schema, pointer, content)


def parameter_expression(parameter: PlannedParameter) -> PythonText:
    """Returns the `Parameter(...)` expression for the table."""
    name, param_in, kind = literal(parameter.name), literal(parameter.param_in), literal(parameter.type)
    slashes = python(", slashes=True") if parameter.slashes else _NOTHING
    return python("Parameter({}, {}, required={}, type={}{})", name, param_in, parameter.required, kind, slashes)
