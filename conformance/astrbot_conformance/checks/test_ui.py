"""UI-*: the dialog that creates keys in the web UI. Judged with `--ui`, in English and in Chinese.

Implications are judged step by step, from the scopes that were selected before and after the step.
"""

from astrbot_api.contract import Contract

from astrbot_conformance.browser.observed import Step, fail_in_ui, in_words, require
from astrbot_conformance.browser.web_ui import WebUi
from astrbot_conformance.contract import grantable
from astrbot_conformance.verdict.picture import LANGUAGES, Language
from astrbot_conformance.verdict.requirement import by_itself, for_each, requirement

in_each_language = for_each("language", LANGUAGES)


@requirement("UI-LINKAGE")
@by_itself
@in_each_language
def test_ui_linkage(language: Language, web_ui: WebUi, contract: Contract) -> None:
    """Select and clear each scope in turn, and expect that the linked scopes change with it."""
    observed = web_ui.observed(language)
    for step in require(observed.steps):
        if step.action == "select" and (missing := contract.closure([step.scope]) - step.after):
            expected = f"{in_words(missing)} to be selected too {_after(step)}"
            fail_in_ui(observed, expected, f"not selected: {in_words(missing)}")
        if step.action == "clear" and (left := _implying(step.scope, contract) & step.after):
            expected = f"{in_words(left)} to be cleared too {_after(step)}"
            fail_in_ui(observed, expected, f"still selected: {in_words(left)}")


@requirement("UI-NOT-LINKED")
@by_itself
@in_each_language
def test_ui_not_linked(language: Language, web_ui: WebUi, contract: Contract) -> None:
    """Select and clear each scope in turn, and expect that all scopes that are not linked stay as they were."""
    observed = web_ui.observed(language)
    for step in require(observed.steps):
        linked = contract.closure([step.scope]) if step.action == "select" else _implying(step.scope, contract)
        if others := (step.before ^ step.after) - linked - {step.scope}:
            changed = "cleared" if others & step.before else "selected"
            expected = f"no change of scopes that are not linked {_after(step)}"
            fail_in_ui(observed, expected, f"{changed} too: {in_words(others)}")


@requirement("UI-SCOPES")
@by_itself
@in_each_language
def test_ui_scopes(language: Language, web_ui: WebUi, contract: Contract) -> None:
    """Open the dialog, and compare the offered scopes with those that a key can be granted."""
    observed = web_ui.observed(language)
    all_scopes = frozenset(grantable(contract))
    if observed.offered != all_scopes:
        missing, more = all_scopes - observed.offered, observed.offered - all_scopes
        parts = [f"not offered: {in_words(missing)}"] * bool(missing) + [f"also offered: {in_words(more)}"] * bool(more)
        fail_in_ui(observed, f"exactly these scopes: {in_words(all_scopes)}", "; ".join(parts))


@requirement("UI-MEANINGS")
@by_itself
@in_each_language
def test_ui_meanings(language: Language, web_ui: WebUi) -> None:
    """Open the dialog, and expect an explanation next to each scope."""
    observed = web_ui.observed(language)
    if observed.unexplained:
        actual = f"none next to {', '.join(observed.unexplained)}"
        fail_in_ui(observed, "an explanation next to each scope", actual)


@requirement("UI-KEY-SCOPES")
@by_itself
@in_each_language
def test_ui_key_scopes(language: Language, web_ui: WebUi, contract: Contract) -> None:
    """Create a key in the dialog, and compare the scopes in the list of keys with the selected ones."""
    observed = web_ui.observed(language)
    key = require(observed.created_key)
    scopes = contract.closure(key.chosen)
    if key.granted != scopes:
        expected = f"the new key to be granted {in_words(scopes)}"
        fail_in_ui(observed, expected, f"listed with {in_words(key.granted)}")


@requirement("UI-KEY-ONCE")
@by_itself
@in_each_language
def test_ui_key_once(language: Language, web_ui: WebUi) -> None:
    """Create a key in the dialog: the page shows it, and does not show it again after a reload."""
    observed = web_ui.observed(language)
    key = require(observed.created_key)
    if not key.shown:
        fail_in_ui(observed, "the page to show the new key", "it did not show the key")
    if key.again:
        fail_in_ui(observed, "the page to show the key only once", "it showed the key again after a reload")


def _after(step: Step) -> str:
    return f"after {'selecting' if step.action == 'select' else 'clearing'} {step.scope}"


def _implying(scope: str, contract: Contract) -> frozenset[str]:
    """The scopes that imply a scope."""
    return frozenset(other for other, more in contract.implies.items() if scope in more)
