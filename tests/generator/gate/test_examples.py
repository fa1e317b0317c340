"""The example on the page of every rule."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from astrbot_generator.gate.access import ScopeSource
from astrbot_generator.gate.catalogue import Rule, load
from astrbot_generator.gate.judge import changes

from tests.generator.gate.fragments import OF_AREA, pair

EXEMPLIFIED = [rule for rule in load().values() if rule.area not in ("contract", "project", "exceptions")]


@pytest.mark.parametrize("rule", EXEMPLIFIED, ids=lambda rule: rule.id)
def test_example_fires(rule: Rule, tmp_path: Path) -> None:
    """The example of a rule's page makes that rule speak, and no other that refuses."""
    before, after = yaml.safe_load(rule.section("Before")), yaml.safe_load(rule.section("After"))
    word, before, after = in_place(rule, before, after)

    day = date(2026, 11, 22)
    found = changes(*pair({word: [before, after]}, tmp_path), source=ScopeSource(_scopes_from(before)), today=day)

    assert rule.id in {finding.rule for finding in found}
    assert {finding.rule for finding in found if finding.level == "breaking"} <= {rule.id}


@pytest.mark.parametrize("rule", EXEMPLIFIED, ids=lambda rule: rule.id)
def test_example_is_quiet_against_itself(rule: Rule, tmp_path: Path) -> None:
    """Nothing is found between a document and itself."""
    after = yaml.safe_load(rule.section("After"))
    word, after, same = in_place(rule, after, after)

    assert changes(*pair({word: [after, same]}, tmp_path)) == []


@pytest.mark.parametrize("rule", load().values(), ids=lambda rule: rule.id)
def test_page_is_complete(rule: Rule) -> None:
    """Every page says what was found, what breaks and what to do instead."""
    assert rule.title.endswith(".")
    assert rule.section("Breaks")
    assert rule.section("Instead")


def in_place(rule: Rule, before: Any, after: Any) -> tuple[str, Any, Any]:
    """Returns the place of the fragments of an example, and the fragments themselves."""
    if rule.area == "schema" and isinstance(before, dict) and len(before) == 1 and set(before) <= {"body", "answers"}:
        word = next(iter(before))
        return word, before[word], after[word]
    return word_of(rule, before), before, after


def word_of(rule: Rule, fragment: object) -> str:
    """What kind of fragment an example is."""
    if isinstance(fragment, dict) and "document" in fragment:
        return "paths"
    return OF_AREA.get(rule.area) or rule.direction or "request"


def _scopes_from(fragment: object) -> str | None:
    return "x-astrbot-scope" if isinstance(fragment, dict) and "x-astrbot-scope" in fragment else None
