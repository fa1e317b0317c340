"""On a picture of the web UI nothing of a secret can be seen."""

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
    """The picture of a page with that in it."""
    from astrbot_conformance.browser.picture import blotted  # noqa: PLC0415  it needs Playwright

    page.set_content(f"<style>* {{ font-family: monospace; font-size: 12px }}</style>{markup}")
    return blotted(page, [PASSWORD, *secrets])


@pytest.mark.parametrize("shown", SHOWN)
def test_two_keys_look_the_same(page: Any, shown: str) -> None:
    """A picture with one key equals one with another key: so there is nothing of either on it."""
    one, other = (pictured(page, shown.format(key), key) for key in (ONE, OTHER))

    assert one is not None
    assert one == other


def test_keys_differ_without_a_blot(page: Any) -> None:
    """The test above would see a difference."""
    pictures = [pictured(page, f"<p>{key[:12]}</p>") for key in (ONE, OTHER)]

    assert pictures[0] != pictures[1]


@pytest.mark.parametrize("parts", ["<span>{}</span><span>{}</span>", "<b>{}</b>{}"])
def test_a_key_in_pieces_is_blotted_out(page: Any, parts: str) -> None:
    """A key that a page draws piece by piece is one all the same."""
    one, other = (pictured(page, f"<p>{parts.format(key[:20], key[20:])}</p>", key) for key in (ONE, OTHER))

    assert one == other


def test_keys_that_nobody_knows_and_the_password_are_blotted_out(page: Any) -> None:
    """What has the form of a key is hidden, known or not; so is the password, shown in the clear."""
    strange = [pictured(page, f"<p>{key}</p>") for key in (ONE, OTHER)]
    shown = pictured(page, f"<input type=text value='{PASSWORD}'>")
    hidden = pictured(page, f"<input type=text value='{'x' * len(PASSWORD)}' data-blot>")

    assert strange[0] == strange[1]
    assert shown == hidden


def test_the_page_is_left_as_it_was(page: Any) -> None:
    """The blot is on the picture only."""
    pictured(page, f"<p>{ONE}</p>", ONE)

    assert page.content().count("data-blot") == 0
    assert page.inner_text("p") == ONE


def test_beginnings_of_keys_in_a_table_are_left(page: Any) -> None:
    """The first characters of a key, which every listing shows, do not blot out their row."""
    row = "<table><tr><td>{}</td><td>bot,provider,persona</td><td>Active</td></tr></table>"
    one, other = (pictured(page, row.format(key[:12])) for key in (ONE, OTHER))

    assert one != other
