"""The choices of a dialog are found by role and text, in any layout."""

from typing import Any

import pytest
from astrbot_api import releases
from astrbot_conformance.outcome import NotJudged

CONTRACT = releases.contract()
NEWEST = releases.contract(releases.NEWEST)
BOX = "<label><input type=checkbox{on}> <b>{name}</b> <small>{hint}</small></label><br>"
BUILT = {
    "boxes": BOX,
    "boxes beside": "<div><input type=checkbox{on} id=x-{name}><label for=x-{name}>{name}</label><p>{hint}</p></div>",
    "switches": "<li><button role=switch aria-checked={truth} onclick='turn(this, \"aria-checked\")'></button>"
    "<span>{name}</span> {hint}</li>",
    "options": "<div role=option aria-selected={truth} onclick='turn(this, \"aria-selected\")'>"
    "<i>{name}</i>{hint}</div>",
    "buttons": "<button aria-pressed={truth} title='{hint}' onclick='turn(this, \"aria-pressed\")'>{name}</button>",
    "chips": "<span class='chip{selected}' onclick='this.classList.toggle(\"chip--selected\")' title='{hint}'>"
    "<span>{name}</span></span>",
    "terms": "<dt><label><input type=checkbox{on}><code>{name}</code></label></dt><dd>{hint}</dd>",
}
SCRIPT = "<script>turn = (e, name) => e.setAttribute(name, e.getAttribute(name) !== 'true')</script>"
AROUND = (
    "<nav><a>bot</a> <a>config</a></nav><h1>provider</h1><section><h2>Scopes</h2>{}<button>Create</button></section>"
    "<table><tr><td>im</td><td>chat</td></tr></table>"
)


def choices(page: Any, built: str, chosen: set[str], *, hint: str = "Opens it.", contract: Any = CONTRACT) -> Any:
    """The choices of a page that offers the scopes in that form."""
    from astrbot_conformance.browser.choices import Choices  # noqa: PLC0415  it needs Playwright

    rows = [
        built.format(
            name=scope,
            hint=hint,
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
    """The offered and the selected scopes, and whether each has a description."""
    dialog = choices(page, BUILT[form], {"bot", "skill"})

    assert dialog.offered() == frozenset(CONTRACT.scopes)
    assert dialog.chosen() == {"bot", "skill"}
    assert dialog.unexplained() == ()


@pytest.mark.parametrize("form", BUILT)
def test_every_form_is_switched(page: Any, form: str) -> None:
    """A click selects a scope that is not selected, and clears a selected one."""
    dialog = choices(page, BUILT[form], {"bot"})

    assert dialog.toggle("mcp", dialog.chosen()).after == {"bot", "mcp"}
    assert dialog.toggle("bot", dialog.chosen()).after == {"mcp"}
    assert dialog.choose(["im", "chat"]) == {"im", "chat"}


@pytest.mark.parametrize("form", ["boxes", "chips"])
def test_scopes_without_a_description_are_found(page: Any, form: str) -> None:
    """If scopes have no description, each of them is named."""
    assert set(choices(page, BUILT[form], set(), hint="").unexplained()) == set(CONTRACT.scopes)


def test_a_tooltip_is_a_description(page: Any) -> None:
    """Text that the page shows when the mouse is over a scope counts."""
    dialog = choices(
        page, "<label onmouseenter='tip.hidden = false'><input type=checkbox{on}><b>{name}</b></label>", set()
    )
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p role=tooltip id=tip hidden>Opens it.</p>')")

    assert dialog.unexplained() == ()


def test_a_sub_scope_may_have_a_short_name(page: Any) -> None:
    """Next to `chat`, `chat:admin` may be called `admin`. The full name is the same scope."""
    dialog = choices(page, BOX, set(), contract=NEWEST)
    subs = "".join(BOX.format(name=name, hint="x", on="") for name in ("admin", "config:edit_admin", "kb"))
    page.evaluate("html => document.querySelector('section').insertAdjacentHTML('afterbegin', html)", subs)

    assert dialog.offered() == {*NEWEST.scopes, *NEWEST.sub_scopes, "kb"}


@pytest.mark.parametrize("broken", ["boxes", "chips"])
def test_a_choice_that_does_not_switch_is_not_judged(page: Any, broken: str) -> None:
    """A choice that a click does not change proves nothing about the requirement."""
    dialog = choices(page, BUILT[broken], set())
    page.evaluate("document.addEventListener('click', e => { e.preventDefault(); e.stopPropagation(); }, true)")

    with pytest.raises(NotJudged, match="does not change"):
        dialog.toggle("bot", dialog.chosen())


def test_a_page_without_choices_is_no_dialog(page: Any) -> None:
    """A page that only mentions some scopes is not the dialog."""
    dialog = choices(page, BOX, set())
    page.set_content("<p><b>bot</b> and <b>im</b></p>")

    assert dialog.read() == ()
