"""The boundary: only what was quoted can be printed, and what is quoted keeps its value."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import astrbot_generator
import jinja2
import pytest
from astrbot_generator.markdown_text import anchor, cell, code_span, fenced, prose, sentence
from astrbot_generator.quoted_text import (
    Identifier,
    MarkdownText,
    PythonText,
    UnquotedText,
    docstring,
    joined,
    literal,
    markdown,
    python,
)
from astrbot_generator.render import environment
from hypothesis import given
from hypothesis import strategies as st

from tests.generator.hostile import ALPHABETS

PACKAGE = Path(astrbot_generator.__file__).parent
TEXT = st.text() | st.text("\"\\'\n`{}|@#:/.") | st.sampled_from(sorted(ALPHABETS.values()))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner) | st.lists(inner).map(tuple),
    max_leaves=8,
)
KINDS: list[type[PythonText | MarkdownText]] = [PythonText, MarkdownText]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "template",
    [
        "{{ text }}",
        "{{ 'a' ~ text }}",
        "{{ quoted ~ quoted }}",
        "{{ [quoted, quoted] }}",
        "{{ quoted + text }}",
        "{{ quoted.strip() }}",
        "{{ nothing }}",
        "{{ number / 2 }}",
        "{{ other }}",
        "{% macro m() %}{{ quoted }}{% endmacro %}{{ m() }}",
        "{% set s %}{{ quoted }}{% endset %}{{ s }}",
    ],
)
def test_a_template_that_forgets_to_quote_does_not_render(kind: type[PythonText], template: str) -> None:
    """Plain text, what was put together of it, and text of the other kind raise."""
    other: type[str] = MarkdownText if kind is PythonText else PythonText
    given = {"text": "x", "quoted": kind("y"), "nothing": None, "number": 3, "other": other("z")}

    with pytest.raises(UnquotedText):
        environment(kind).from_string(template).render(given)
    assert environment(kind).from_string("{{ quoted }}{{ number }}").render(given) == "y3"


def test_a_filter_that_quotes_nothing_is_not_there() -> None:
    """Filters of Jinja that could change quoted text, or call it safe, do not exist in templates."""
    for kind in KINDS:
        for name in ("safe", "upper", "replace", "join", "indent", "format", "string", "e"):
            with pytest.raises(jinja2.TemplateAssertionError):
                environment(kind).from_string(f"{{{{ x | {name} }}}}")


def test_templates_have_no_way_around() -> None:
    """No template uses a tag whose output Jinja prints without asking: `call`, `filter`, `autoescape`."""
    used = {
        tag
        for template in (PACKAGE / "templates").rglob("*.jinja")
        for tag in re.findall(r"{%-?\s*(\w+)", template.read_text("utf-8"))
    }

    assert used <= {"if", "elif", "else", "endif", "for", "endfor", "set", "with", "endwith", "include"}


def test_only_quoting_makes_printable_text() -> None:
    """`PythonText(…)` and `MarkdownText(…)` are called where text is quoted, and templates are written out in place."""
    allowed = {"quoted_text.py", "markdown_text.py", "python_text.py"}
    for module in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else None
            if name in ("PythonText", "MarkdownText"):
                assert module.name in allowed, f"{module.name} calls {name}"
            if name in ("python", "markdown") and isinstance(node, ast.Call):
                assert isinstance(node.args[0], ast.Constant), f"{module.name}:{node.lineno}: no template"


def test_parts_are_put_together_only_if_they_are_quoted() -> None:
    """Plain text and text of the other kind are refused as part and as item."""
    assert python("{}: {}", Identifier("a"), 1) == "a: 1"
    assert isinstance(joined(python(", "), [literal("a"), literal(1)]), PythonText)
    parts: list[Any] = ["plain", markdown("x"), None, 1.5, python("a") + "b"]
    for part in parts:
        with pytest.raises(UnquotedText):
            python("{}", part)
        with pytest.raises(UnquotedText):
            joined(python(", "), [part])


@pytest.mark.parametrize("name", ["", "a b", "class", "None", "1a", "a.b", "a\n", 'a"', "\u202ea"])
def test_an_identifier_is_a_name(name: str) -> None:
    """Anything else is refused."""
    with pytest.raises(UnquotedText):
        Identifier(name)


@given(VALUES)
def test_a_literal_is_its_value(value: object) -> None:
    """Python reads back what was written; nothing in it is invisible or ends a line."""
    text = literal(value)

    assert ast.literal_eval(text) == value
    assert not re.search("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]", text)


@given(TEXT, TEXT)
def test_a_docstring_is_its_text(text: str, other: str) -> None:
    """Alone, at the beginning and at the end of one: the value is the text on one line, and nothing follows it."""
    for made, value in (
        (f'"""{docstring(text)}"""', " ".join(text.split())),
        (f'"""{docstring(text)} {docstring(other)}"""', f"{' '.join(text.split())} {' '.join(other.split())}"),
    ):
        (statement,) = ast.parse(made).body
        assert isinstance(statement, ast.Expr)
        assert ast.literal_eval(statement.value) == value
        assert "\n" not in made


@given(TEXT)
def test_text_in_markdown_is_dead(text: str) -> None:
    """Outside of code spans nothing is left that Markdown or GitHub takes for more than text."""
    for made in (prose(text), sentence(text), cell(prose(text))):
        assert isinstance(made, MarkdownText)
        outside = re.sub(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", "", made.replace("\\`", ""))
        assert not re.search(r"(?<!\\)[\[\]<*~$]|://|[@#]\w|www\.|\n", re.sub(r"&#\d+;", "·", outside)), outside
        assert not re.match(r"([-+*] |#+ |\d+[.)] |>|---|===)", made)
    assert not re.search(r"(?<!\\)\|", cell(prose(text)))


@given(TEXT, st.integers(0, 3))
def test_code_in_markdown_ends_where_it_should(text: str, indent: int) -> None:
    """No backtick in the text ends a code span or a fenced block."""
    span = code_span(text)
    ticks = re.match("`+", span)
    assert ticks
    assert ticks[0] not in re.findall("`+", span[len(ticks[0]) : -len(ticks[0])])
    assert span.endswith(ticks[0])
    assert "\n" not in span

    first, *lines, last = fenced(text, indent).split("\n")
    assert first.strip() == f"{last.strip()}text"
    assert all(last.strip() not in line for line in lines)
    assert all(line.startswith(" " * indent) for line in lines)
    assert re.fullmatch(r"[\w-]*", anchor(text))


def test_usual_text_is_left_as_it_is() -> None:
    """Sentences as contracts have them are not spoilt by escapes."""
    usual = "Lists bots (`GET /api/v1/bots`), with snake_case, 4.26.0b8, a-b, C++ and 50 % of 1 & 2: see `a|b`."

    assert prose(usual) == usual
    assert sentence("the property `x` is gone") == "The property `x` is gone."
    assert prose("@all see https://e.org, www.e.org and #12") == (
        "@&#8203;all see https&#58;//e.org, www&#46;e.org and #&#8203;12"
    )
