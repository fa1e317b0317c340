"""Texts that people read contain no phrase of the list: messages, requirements, documents, docstrings, comments."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project.tree import ROOT

PHRASES = {
    "a key that will do": "a key with the required scope",
    "a sufficient key": "a key with the required scope",
    "an ended key": "an expired, revoked or deleted key",
    "whose time is over": "expired",
    "keys that are none": "invalid keys",
    "that is not there": "nonexistent, not found",
    "is let in": "is authorized, allowed",
    "are let in": "are authorized, allowed",
    "was let in": "was authorized, allowed",
    "turned away": "rejected, denied",
    "is told to be done": "reports success but changes nothing",
    "does not decide": "does not affect the verdict",
    "as the contract says else": "otherwise conforms",
    "no whole number": "anything but an integer",
    "whatever the order": "in any order",
    "asks for a key": "requires a key",
    "answers with": "returns",
    "at home": "on the built-in server",
    "slow to answer": "slow",
    "costs much": "is expensive",
    "so many": "the number",
    "a dozen": "the number",
    "comes by": "happens",
    "comes about": "happens",
    "goes on with": "continues",
    "to mend": "to fix",
    "is no toml": "is not valid TOML",
    "no fault is called": "unknown fault",
    "the words of a refusal": "the error message",
    "not one request": "every request was rejected",
    "made anew": "regenerated, created again",
    "judged anew": "rerun",
    "of the run's own": "that the run created",
    "look at": "inspect, check",
    "looks at": "inspects, checks",
    "looked at": "inspected, checked",
}
CLEAN = [
    "*.md",
    "*.toml",
    ".editorconfig",
    ".pre-commit-config.yaml",
    ".github",
    "docs",
    "spec",
    "conformance/astrbot_conformance/browser",
    "conformance/astrbot_conformance/chat",
    "conformance/astrbot_conformance/checks",
    "conformance/astrbot_conformance/cli",
    "conformance/astrbot_conformance/contract.py",
    "conformance/astrbot_conformance/http",
    "conformance/astrbot_conformance/inputs",
    "conformance/astrbot_conformance/keys",
    "conformance/astrbot_conformance/masking",
    "conformance/astrbot_conformance/outcome.py",
    "conformance/astrbot_conformance/passive",
    "conformance/astrbot_conformance/preflight",
    "conformance/astrbot_conformance/report",
    "conformance/astrbot_conformance/resources",
    "conformance/astrbot_conformance/scenarios",
    "conformance/astrbot_conformance/secret.py",
    "conformance/astrbot_conformance/verdict",
    "conformance/astrbot_faults",
    "conformance/astrbot_reference",
    "conformance/known",
    "generated/astrbot_api",
    "generated/docs/effects.md",
    "generated/docs/rules.md",
    "generated/docs/scopes*.md",
    "generator",
    "tests/conformance",
    "tests/generated",
    "tests/generator",
    "tests/live",
    "tests/project",
    "tests/reference",
    "tests/spec",
]
"""Folders, files and patterns that the test reads."""
SUFFIXES = {".py", ".md", ".yaml", ".yml", ".toml", ".jinja", ".html", ".json", ".sh"}
FORBIDDEN = re.compile(r"\b(" + "|".join(map(re.escape, PHRASES)) + r")\b", re.IGNORECASE)


def files() -> Iterator[Path]:
    """Every text file of the clean places, except this one."""
    for pattern in CLEAN:
        for path in sorted(ROOT.glob(pattern)):
            found = sorted(path.rglob("*")) if path.is_dir() else [path]
            yield from (file for file in found if file.suffix in SUFFIXES and file != Path(__file__))


def texts(file: Path) -> Iterator[str]:
    """The texts of a file: of Python the strings, docstrings and comments, of other files everything."""
    source = file.read_text("utf-8")
    if file.suffix != ".py":
        yield re.sub(r"\n\s*(#|>|-|\*) ", " ", source)
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
    comments = [
        token for token in tokenize.generate_tokens(io.StringIO(source).readline) if token.type == tokenize.COMMENT
    ]
    yield " ".join(token.string.lstrip("# ") for token in comments)


def phrases(text: str) -> set[str]:
    """The phrases of the list that a text contains, also across line ends."""
    return {found.lower() for found in FORBIDDEN.findall(" ".join(text.split()))}


@pytest.mark.parametrize("file", list(files()), ids=lambda file: str(file.relative_to(ROOT)))
def test_no_phrase_of_the_list(file: Path) -> None:
    """No text of the file contains a phrase of the list."""
    found = {phrase for text in texts(file) for phrase in phrases(text)}

    assert {phrase: PHRASES[phrase] for phrase in found} == {}, "write plain English instead, as this table suggests"


def test_a_phrase_is_found_across_lines() -> None:
    """A phrase is found in any letter case and across a line end, and not within other words."""
    assert phrases("Is Let\n    in, and whose time\nis over.") == {"is let in", "whose time is over"}
    assert phrases("This sentence looks fine; answer within a second.") == set()
