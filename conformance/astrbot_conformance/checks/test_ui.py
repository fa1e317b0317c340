"""UI-*: the dialog that creates keys in the web UI. Judged with `--ui`, in English and in Chinese.

Implications are judged step by step, from the scopes that were selected before and after the step.
"""

import pytest
from astrbot_api.contract import Contract

from astrbot_conformance.browser.findings import seen_otherwise
from astrbot_conformance.browser.observed import Step, in_words, told
from astrbot_conformance.browser.web_ui import WebUi
from astrbot_conformance.contract import grantable
from astrbot_conformance.verdict.picture import LANGUAGES, Language
from astrbot_conformance.verdict.requirement import by_itself, requirement

in_each_language = pytest.mark.parametrize("language", LANGUAGES)


@requirement("UI-LINKAGE")
@by_itself
@in_each_language
def test_ui_linkage(language: Language, web_ui: WebUi, contract: Contract) -> None:
    """In the web UI, selecting `config` SHOULD also select `bot` and `provider`; clearing either of them SHOULD also clear `config`."""  # noqa: E501  the sentence as the contract has it
    sight = web_ui.sight(language)
    for step in told(sight.steps):
        if step.deed == "choose" and (missing := contract.closure([step.scope]) - step.after):
            seen_otherwise(sight, f"{_done(step)}: {in_words(missing)} chosen too", f"not chosen: {in_words(missing)}")
        if step.deed == "drop" and (kept := _implying(step.scope, contract) & step.after):
            seen_otherwise(sight, f"{_done(step)}: {in_words(kept)} dropped too", f"still chosen: {in_words(kept)}")


@requirement("UI-NOT-LINKED")
@by_itself
@in_each_language
def test_ui_not_linked(language: Language, web_ui: WebUi, contract: Contract) -> None:
    """In the web UI, no other scopes SHOULD be linked: clearing `config` keeps `bot` and `provider`, and every other scope is selected and cleared alone."""  # noqa: E501  the sentence as the contract has it
    sight = web_ui.sight(language)
    for step in told(sight.steps):
        follows = contract.closure([step.scope]) if step.deed == "choose" else _implying(step.scope, contract)
        if beside := (step.before ^ step.after) - follows - {step.scope}:
            changed = "dropped" if beside & step.before else "chosen"
            seen_otherwise(sight, f"{_done(step)}: nothing beside what follows", f"{changed} too: {in_words(beside)}")


@requirement("UI-SCOPES")
@by_itself
@in_each_language
def test_ui_scopes(language: Language, web_ui: WebUi, contract: Contract) -> None:
    """The web UI SHOULD offer exactly the scopes that a key can be granted."""
    sight = web_ui.sight(language)
    all_of_them = frozenset(grantable(contract))
    if sight.offered != all_of_them:
        missing, more = all_of_them - sight.offered, sight.offered - all_of_them
        said = [f"not offered: {in_words(missing)}"] * bool(missing) + [f"offered too: {in_words(more)}"] * bool(more)
        seen_otherwise(sight, f"offered: {in_words(all_of_them)}", "; ".join(said))


@requirement("UI-MEANINGS")
@by_itself
@in_each_language
def test_ui_meanings(language: Language, web_ui: WebUi) -> None:
    """The web UI SHOULD show next to each scope what it opens."""
    sight = web_ui.sight(language)
    if sight.unexplained:
        seen_otherwise(sight, "words beside each scope", f"none beside {', '.join(sight.unexplained)}")


@requirement("UI-KEY-SCOPES")
@by_itself
@in_each_language
def test_ui_key_scopes(language: Language, web_ui: WebUi, contract: Contract) -> None:
    """A key that is created in the web UI SHOULD be granted the selected scopes and the scopes that they imply."""
    sight = web_ui.sight(language)
    made = told(sight.made)
    wanted = contract.closure(made.chosen)
    if made.granted != wanted:
        seen_otherwise(sight, f"granted: {in_words(wanted)}", f"listed with: {in_words(made.granted)}")


@requirement("UI-KEY-ONCE")
@by_itself
@in_each_language
def test_ui_key_once(language: Language, web_ui: WebUi) -> None:
    """The web UI SHOULD show a new key when it is created, and never again."""
    sight = web_ui.sight(language)
    made = told(sight.made)
    if not made.shown:
        seen_otherwise(sight, "the new key shown", "it was not to be seen")
    if made.again:
        seen_otherwise(sight, "the key shown once", "it was shown again when the page was loaded anew")


def _done(step: Step) -> str:
    return f"after {'choosing' if step.deed == 'choose' else 'dropping'} {step.scope}"


def _implying(scope: str, contract: Contract) -> frozenset[str]:
    """The scopes that imply a scope."""
    return frozenset(other for other, more in contract.implies.items() if scope in more)
