"""The choices of a dialog are found by role and text, however they are built."""

from typing import Any

import pytest
from astrbot_api import releases
from astrbot_conformance.outcome import NotJudged

CONTRACT = releases.contract()
NEWEST = releases.contract(releases.NEWEST)
BOX = "<label><input type=checkbox{on}> <b>{name}</b> <small>{said}</small></label><br>"
BUILT = {
    "boxes": BOX,
    "boxes beside": "<div><input type=checkbox{on} id=x-{name}><label for=x-{name}>{name}</label><p>{said}</p></div>",
    "switches": "<li><button role=switch aria-checked={truth} onclick='turn(this, \"aria-checked\")'></button>"
    "<span>{name}</span> {said}</li>",
    "options": "<div role=option aria-selected={truth} onclick='turn(this, \"aria-selected\")'>"
    "<i>{name}</i>{said}</div>",
    "buttons": "<button aria-pressed={truth} title='{said}' onclick='turn(this, \"aria-pressed\")'>{name}</button>",
    "chips": "<span class='chip{selected}' onclick='this.classList.toggle(\"chip--selected\")' title='{said}'>"
    "<span>{name}</span></span>",
    "terms": "<dt><label><input type=checkbox{on}><code>{name}</code></label></dt><dd>{said}</dd>",
}
SCRIPT = "<script>turn = (e, name) => e.setAttribute(name, e.getAttribute(name) !== 'true')</script>"
AROUND = (
    "<nav><a>bot</a> <a>config</a></nav><h1>provider</h1><section><h2>Scopes</h2>{}<button>Create</button></section>"
    "<table><tr><td>im</td><td>chat</td></tr></table>"
)


def choices(page: Any, built: str, chosen: set[str], *, said: str = "Opens it.", contract: Any = CONTRACT) -> Any:
    """The choices of a page that offers the scopes in that form."""
    from astrbot_conformance.browser.choices import Choices  # noqa: PLC0415  it needs Playwright

    rows = [
        built.format(
            name=scope,
            said=said,
            on=" checked" if scope in chosen else "",
            truth=str(scope in chosen).lower(),
            selected=" chip--selected" if scope in chosen else "",
        )
        for scope in contract.scopes
    ]
    page.set_content(SCRIPT + AROUND.format("".join(rows)))
    return Choices(page, contract)


@pytest.mark.parametrize("form", BUILT)
def test_every_form_is_read(page: Any, form: str) -> None:
    """What is on offer, what of it is chosen, and whether something is said of it; no more than that."""
    found = choices(page, BUILT[form], {"bot", "skill"})

    assert found.offered() == frozenset(CONTRACT.scopes)
    assert found.chosen() == {"bot", "skill"}
    assert found.unexplained() == ()


@pytest.mark.parametrize("form", BUILT)
def test_every_form_is_turned(page: Any, form: str) -> None:
    """A click chooses what was not chosen and drops what was."""
    found = choices(page, BUILT[form], {"bot"})

    assert found.toggle("mcp", found.chosen()).after == {"bot", "mcp"}
    assert found.toggle("bot", found.chosen()).after == {"mcp"}
    assert found.choose(["im", "chat"]) == {"im", "chat"}


@pytest.mark.parametrize("form", ["boxes", "chips"])
def test_bare_names_are_seen(page: Any, form: str) -> None:
    """Where nothing is said of the scopes, each of them is named."""
    assert set(choices(page, BUILT[form], set(), said="").unexplained()) == set(CONTRACT.scopes)


def test_a_word_under_the_mouse_is_a_word(page: Any) -> None:
    """What a page says when the mouse is over a scope counts."""
    found = choices(
        page, "<label onmouseenter='tip.hidden = false'><input type=checkbox{on}><b>{name}</b></label>", set()
    )
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p role=tooltip id=tip hidden>Opens it.</p>')")

    assert found.unexplained() == ()


def test_sub_scopes_go_by_their_last_word(page: Any) -> None:
    """`chat:admin` beside `chat` may be called `admin`; in full it is the same."""
    found = choices(page, BOX, set(), contract=NEWEST)
    subs = "".join(BOX.format(name=name, said="x", on="") for name in ("admin", "config:edit_admin", "kb"))
    page.evaluate("html => document.querySelector('section').insertAdjacentHTML('afterbegin', html)", subs)

    assert found.offered() == {*NEWEST.scopes, *NEWEST.sub_scopes, "kb"}


@pytest.mark.parametrize("broken", ["boxes", "chips"])
def test_what_does_not_turn_is_not_judged(page: Any, broken: str) -> None:
    """A choice that a click does not change says nothing of the requirement."""
    found = choices(page, BUILT[broken], set())
    page.evaluate("document.addEventListener('click', e => { e.preventDefault(); e.stopPropagation(); }, true)")

    with pytest.raises(NotJudged, match="does not change"):
        found.toggle("bot", found.chosen())


def test_no_scopes_are_no_dialog(page: Any) -> None:
    """A page that only mentions a few scopes is not the dialog."""
    found = choices(page, BOX, set())
    page.set_content("<p><b>bot</b> and <b>im</b></p>")

    assert found.read() == ()
