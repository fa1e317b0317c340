"""A picture of the web UI shows no part of a secret."""

from typing import Any

import pytest
from astrbot_conformance.secret import Secret

PASSWORD = Secret("a very long password", "ASTRBOT_PASSWORD").reveal()
ONE, OTHER = "abk_" + "iIlL1" * 8, "abk_" + "mMwW9" * 8
SHOWN = [
    "<p>{}</p>",
    "<p>Keep it: <code>{}</code>.</p>",
    "<input value='{}'>",
    "<input placeholder='{}'>",
    "<textarea>{}</textarea>",
    "<button>{}</button>",
    "<dialog id=d>{}</dialog><script>d.showModal()</script>",
    "<div role=alert style='opacity: .8; text-shadow: 1px 1px red'><b><i>{}</i></b></div>",
    "<p style='background: linear-gradient(red, blue); -webkit-background-clip: text; color: transparent'>{}</p>",
]


def pictured(page: Any, markup: str, *secrets: str) -> bytes | None:
    """The picture of a page with that content."""
    from astrbot_conformance.browser.picture import blotted  # noqa: PLC0415  it needs Playwright

    page.set_content(f"<style>* {{ font-family: monospace; font-size: 12px }}</style>{markup}")
    return blotted(page, [PASSWORD, *secrets])


@pytest.mark.parametrize("shown", SHOWN)
def test_two_keys_look_the_same(page: Any, shown: str) -> None:
    """A picture with one key equals a picture with another key, so it shows no part of either."""
    one, other = (pictured(page, shown.format(key), key) for key in (ONE, OTHER))

    assert one is not None
    assert one == other


def test_uncovered_keys_differ(page: Any) -> None:
    """The previous test would notice a difference."""
    pictures = [pictured(page, f"<p>{key[:12]}</p>") for key in (ONE, OTHER)]

    assert pictures[0] != pictures[1]


@pytest.mark.parametrize("parts", ["<span>{}</span><span>{}</span>", "<b>{}</b>{}"])
def test_a_key_in_pieces_is_covered(page: Any, parts: str) -> None:
    """A page may draw a key piece by piece."""
    one, other = (pictured(page, f"<p>{parts.format(key[:20], key[20:])}</p>", key) for key in (ONE, OTHER))

    assert one == other


def test_unknown_keys_and_the_password_are_covered(page: Any) -> None:
    """Text in the form of a key is covered, even if the key is unknown. A visible password is covered too."""
    strange = [pictured(page, f"<p>{key}</p>") for key in (ONE, OTHER)]
    shown = pictured(page, f"<input type=text value='{PASSWORD}'>")
    hidden = pictured(page, f"<input type=text value='{'x' * len(PASSWORD)}' data-blot>")

    assert strange[0] == strange[1]
    assert shown == hidden


def test_the_page_is_unchanged(page: Any) -> None:
    """Only the picture is covered."""
    pictured(page, f"<p>{ONE}</p>", ONE)

    assert page.content().count("data-blot") == 0
    assert page.inner_text("p") == ONE


def test_prefixes_of_keys_stay_visible(page: Any) -> None:
    """The first characters of a key, which every list shows, do not cover their row."""
    row = "<table><tr><td>{}</td><td>bot,provider,persona</td><td>Active</td></tr></table>"
    one, other = (pictured(page, row.format(key[:12])) for key in (ONE, OTHER))

    assert one != other
