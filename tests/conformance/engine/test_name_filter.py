"""The expression of `-k`: it means what pytest's means, and a text that is none is reported."""

import pytest
from astrbot_conformance.engine.name_filter import InvalidExpressionError, NameFilter

NAMES = ("test_scope_required[GET /api/v1/bots]", "test_scope")


@pytest.mark.parametrize(
    ("expression", "matches"),
    [
        ("scope", True),
        ("SCOPE", True),
        ("required[GET", True),
        ("/api/v1/bots]", True),
        ("chat", False),
        ("not chat", True),
        ("not scope", False),
        ("chat or scope", True),
        ("chat or not scope", False),
        ("scope and required and not chat", True),
        ("(chat or scope) and (required)", True),
        ("not (chat or scope)", False),
        ("not not scope", True),
        ("and_then or scope", True),
        ("not-a-name", False),
        ("x-not or scope", True),
    ],
)
def test_an_expression_selects_by_parts_of_names(expression: str, *, matches: bool) -> None:
    """Each part of a name holds if some name contains it, in any letter case."""
    assert NameFilter.parse(expression).matches(NAMES) is matches


@pytest.mark.parametrize(
    "expression",
    [
        "",
        " ",
        "and",
        "scope and",
        "or scope",
        "scope chat",
        "(scope",
        "scope)",
        "()",
        "scope(chat)",
        "scope(chat) or scope",
        "scope; import os",
        "scope,chat",
        "a == b",
        "__import__('os')",
        "(" * 900 + "scope" + ")" * 900,
        "not " * 900 + "scope",
        "not " * 999 + "scope" + " or x" * 2000,
        "\0",
    ],
)
def test_anything_else_is_reported(expression: str) -> None:
    """Neither code nor an endless nesting is taken for an expression."""
    with pytest.raises(InvalidExpressionError):
        NameFilter.parse(expression)
