"""Every requirement links to a source that a reader can open, and no source is left over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from astrbot_api import releases
from astrbot_api.releases import contract

SPEC = Path(__file__).parents[2] / "spec"


def anchors() -> set[str]:
    """The anchor of each section of the page of sources, as Markdown renderers derive it from the heading."""
    headings = re.findall(r"^## (.+)$", (SPEC / "sources.md").read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def links(release: str) -> dict[str, str]:
    """Requirement id -> its source, in the contract of a release."""
    return {requirement.id: requirement.source for requirement in contract(release).requirements.values()}


@pytest.mark.parametrize("release", releases.RELEASES)
def test_each_source_can_be_opened(release: str) -> None:
    """The source of each requirement is an anchor of the page of sources."""
    dead = {id: source for id, source in links(release).items() if source not in {f"sources.md#{a}" for a in anchors()}}

    assert dead == {}


def test_each_source_is_used() -> None:
    """Each section of the page is the source of a requirement in some release."""
    used = {source for release in releases.RELEASES for source in links(release).values()}

    assert {f"sources.md#{anchor}" for anchor in anchors()} - used == set()
