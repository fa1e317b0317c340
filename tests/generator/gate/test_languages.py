"""Whether one pattern includes another is decided as for regular languages, within limits."""

from __future__ import annotations

import time
from pathlib import Path

import jsonschema_rs
import pytest
from astrbot_generator.gate.schema.languages import Demand, Languages
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.generator.gate.small import Json, breaks, found, request, response

PAIRS = [
    ("^[a-z]+$", "^[a-z0-9]+$", True),
    ("^[a-z0-9]+$", "^[a-z]+$", False),
    ("^[0-9]{3}$", r"^\d\d\d$", True),
    (r"^\d+$", "^[0-9]+$", True),
    ("^(a|b)$", "^[ab]$", True),
    ("^abc", "b", True),
    ("b", "^abc", False),
    ("^[a-z]+$", ".*", True),
    ("^[a-z]+$", "", True),
    (r"^\w+$", "^[A-Za-z0-9_]+$", True),
    (r"\bfoo\b", "foo", True),
    ("foo", r"\bfoo\b", False),
    ("^(?=.*[0-9])[a-z0-9]{8,}$", "^[a-z0-9]{4,}$", True),
    ("^[a-z0-9]{8,}$", "^(?=.*[0-9])[a-z0-9]{8,}$", False),
    ("^(?!x)[a-z]+$", "^[a-wyz]", True),
    ("^[a-z]+$", "^(?!x)[a-z]+$", False),
    ("[*+]x", "[+*]x", True),
    (r"^\(?<a$", "<a", True),
    (r"^(?<year>\d{4})$", r"^\d+$", True),
]


@pytest.mark.parametrize(("one", "other", "kept"), PAIRS)
def test_inclusion(*, one: str, other: str, kept: bool) -> None:
    """The answer is right, and an example is a string of the first pattern only."""
    answer = Languages().keeps((Demand(one),), Demand(other))

    assert answer.kept is kept
    if answer.example is not None:
        assert _matches(one, answer.example)
        assert not _matches(other, answer.example)


@pytest.mark.parametrize("pattern", [r"^(a)\1$", r"(?<=a)b", "(?i)a", r"^\p{L}+$", "^((?!ab).)*$", "a++", "("])
def test_undecided(tmp_path: Path, pattern: str) -> None:
    """A pattern that is not supported gives a warning if nothing shows what it breaks."""
    assert Languages().keeps((Demand("^x$"),), Demand(pattern)).kept is None
    rules = [f.rule for f in found(tmp_path, *map(request, (_text("^x$"), _text(r"^(x)\1?$"))))]
    assert rules == ["change-not-judged"]


HOSTILE = [
    "(?:){1000000000}",
    "(((){2999}){2999}){2999}",
    "(((a{99}){99}){99}){99}",
    "^(a|b)*a(a|b){25}$",
    "((a?){100}){30}$",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "(" * 900 + ")" * 900,
    "(?:(?:a|aa)+)+$",
    "[" + "".join(map(chr, range(0x4E00, 0x5500, 2))) + "]{1,2000}$",
]


@pytest.mark.parametrize("pattern", HOSTILE, ids=range(len(HOSTILE)))
def test_limits(pattern: str) -> None:
    """A hostile pattern costs a limited number of steps."""
    languages = Languages()
    start = time.process_time()

    for other in ("^x", "^(a|b)*a(a|b){19}$"):
        languages.keeps((Demand(pattern),), Demand(other))
        languages.keeps((Demand(other),), Demand(pattern))

    assert time.process_time() - start < 10


def test_limit_of_a_run() -> None:
    """Many hostile patterns cost no more than a run may."""
    languages = Languages()
    languages.budget.left = 1_000_000

    for size in range(15, 40):
        languages.keeps((Demand(f"^(a|b)*a(a|b){{{size}}}$"),), Demand("^(b|a)*b(a|b){18}$"))

    assert languages.budget.left < 0
    assert languages.keeps((Demand("^a$"),), Demand("^[ab]$")).kept is None


SETS = st.sampled_from(["a", "b", "[ab]", "[^a]", ".", r"\d", r"\w", "1", "-"])
REGEXES = st.recursive(
    SETS,
    lambda inner: (
        st.builds("{}{}".format, inner, inner)
        | st.builds("(?:{}|{})".format, inner, inner)
        | st.builds("(?:{}){}".format, inner, st.sampled_from(["*", "+", "?", "{2}", "{1,2}"]))
    ),
    max_leaves=6,
)
PATTERNS = st.builds("{}{}{}".format, st.sampled_from(["", "^"]), REGEXES, st.sampled_from(["", "$"]))


@settings(max_examples=300, deadline=None)
@given(PATTERNS, PATTERNS, st.lists(st.text("ab1-\n", max_size=6), max_size=30))
def test_answers_hold(one: str, other: str, texts: list[str]) -> None:
    """No string contradicts an answer; the validator of JSON Schemas agrees with every example."""
    answer = Languages().keeps((Demand(one),), Demand(other))

    assume(answer.kept is not None)
    if answer.kept:
        assert not [text for text in texts if _matches(one, text) and not _matches(other, text)]
    else:
        assert answer.example is not None
        assert _matches(one, answer.example)
        assert not _matches(other, answer.example)


def test_lengths_and_patterns_together(tmp_path: Path) -> None:
    """A length that a pattern implies, and a pattern that lengths imply, break nothing."""
    length = {"type": "string", "minLength": 1, "maxLength": 3}

    assert not breaks(tmp_path, request(_text("^[a-z]{1,3}$")), request({**length, "pattern": "^[a-z]{1,3}$"}))
    assert not breaks(tmp_path, request(length), request(_text(r"^[\s\S]{1,3}$")))
    assert breaks(tmp_path, request(_text("^[a-z]{1,4}$")), request({**length, "pattern": "^[a-z]{1,4}$"}))
    assert not breaks(tmp_path, response(length), response(_text("^[a-z]{2}$")))


def test_pattern_of_a_format(tmp_path: Path) -> None:
    """A pattern that every value of the old format matches breaks nothing."""
    uuid = {"type": "string", "format": "uuid"}

    assert not breaks(tmp_path, request(uuid), request(_text("^[0-9a-fA-F-]{36}$")))
    assert breaks(tmp_path, request(uuid), request(_text("^[0-9a-f-]{35}$")))


def _text(pattern: str) -> Json:
    return {"type": "string", "pattern": pattern}


def _matches(pattern: str, text: str) -> bool:
    return bool(jsonschema_rs.Draft202012Validator({"pattern": pattern}).is_valid(text))
