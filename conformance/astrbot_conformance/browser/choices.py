"""The scopes in the dialog: which are offered, how they are explained, and their selection."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from astrbot_api.contract import Contract
from playwright.sync_api import ElementHandle, Page

from astrbot_conformance.browser.observed import Step
from astrbot_conformance.outcome import NotJudged

SCRIPT = Path(__file__).parent / "choices.js"
PATIENCE = 2.0  # seconds until a choice must be visible
TICK = 60  # milliseconds between two reads
PASSES = 3  # over all choices until the selection is right: one click may undo another


@dataclass(frozen=True, slots=True)
class Choice:
    """An offered scope. chosen: None if the page does not show it."""

    word: str
    chosen: bool | None
    explanation: str


class Choices:
    """The choices on a page. They are read again each time, because a page may redraw them."""

    def __init__(self, page: Page, contract: Contract) -> None:
        """Search `page` for the scopes of `contract`."""
        self._page = page
        self._contract = contract

    def read(self) -> tuple[Choice, ...]:
        """The offered scopes, in the order of the page; empty if there is no dialog."""
        choices = self._page.evaluate(_script(), {"scopes": list(self._contract.scopes), "which": None})
        return tuple(Choice(one["name"], one["chosen"], one["explanation"]) for one in choices or ())

    def chosen(self) -> frozenset[str]:
        """The plain scopes that are selected now. NotJudged if the page does not show it."""
        plain = [choice for choice in self.read() if choice.word in self._contract.scopes]
        if not plain:
            raise NotJudged("the dialog closed while the check used it")
        unclear = [choice.word for choice in plain if choice.chosen is None]
        if unclear:
            raise NotJudged(f"the page does not show whether {', '.join(unclear)} is selected")
        return frozenset(choice.word for choice in plain if choice.chosen)

    def toggle(self, scope: str, before: frozenset[str]) -> Step:
        """Click on a scope and return the change. NotJudged if it cannot be clicked or does not change."""
        handle = self._element_of(scope)
        if handle is None:
            raise NotJudged(f"the dialog does not offer {scope}")
        handle.click()
        until(self._page, lambda: (scope in self.chosen()) != (scope in before))
        after = self._settled()
        if (scope in after) == (scope in before):
            raise NotJudged(f"a click on {scope} does not change whether it is selected")
        return Step("clear" if scope in before else "select", scope, before, after)

    def choose(self, scopes: Iterable[str]) -> frozenset[str]:
        """Select exactly these plain scopes, as far as the page allows it; return the resulting selection."""
        scopes = frozenset(scopes)
        for _ in range(PASSES):
            for scope in self._offered_scopes():
                before = self.chosen()
                if (scope in before) != (scope in scopes):
                    self.toggle(scope, before)
            if self.chosen() == scopes:
                break
        return self.chosen()

    def back_and_forth(self) -> Iterator[Step]:
        """Select each scope that implies others, and clear it again: through each implied scope, and directly."""
        self.choose(())
        offered, implies = self._offered_scopes(), self._contract.implies
        for scope in [scope for scope in offered if implies.get(scope)]:
            for implied in [implied for implied in offered if implied in implies[scope]]:
                yield from self._toggled([scope], to=True)
                yield from self._toggled([implied], to=False)
            yield from self._toggled([scope], to=True)
            yield from self._toggled([scope], to=False)
        self.choose(())

    def one_by_one(self, order: Iterable[str], *, to: bool) -> Iterator[Step]:
        """Select every offered scope, or clear it, in that order."""
        offered = self._offered_scopes()
        yield from self._toggled([scope for scope in order if scope in offered], to=to)

    def _toggled(self, scopes: Iterable[str], *, to: bool) -> Iterator[Step]:
        for scope in scopes:
            before = self.chosen()
            if (scope in before) != to:
                yield self.toggle(scope, before)

    def _offered_scopes(self) -> list[str]:
        words = {choice.word for choice in self.read()}
        return [scope for scope in self._contract.scopes if scope in words]

    def _settled(self) -> frozenset[str]:
        """The selection once it no longer changes."""
        last = self.chosen()
        for _ in range(20):
            self._page.wait_for_timeout(TICK)
            now = self.chosen()
            if now == last:
                break
            last = now
        return last

    def offered(self) -> frozenset[str]:
        """The names of all offered scopes. A sub-scope may be shown beside its scope without that scope's name."""
        short = {sub.removeprefix(f"{scope}:"): sub for sub, scope in self._contract.sub_scopes.items()}
        return frozenset(short.get(choice.word, choice.word) for choice in self.read())

    def unexplained(self) -> tuple[str, ...]:
        """The scopes without an explanation, not even when the mouse is over them."""
        without_text = [choice.word for choice in self.read() if not choice.explanation]
        return tuple(word for word in without_text if not self._is_explained_on_hover(word))

    def _element_of(self, word: str) -> ElementHandle | None:
        """The element of an offered scope; None if the page does not offer it."""
        return self._page.evaluate_handle(
            _script(), {"scopes": list(self._contract.scopes), "which": word}
        ).as_element()

    def _is_explained_on_hover(self, word: str) -> bool:
        element = self._element_of(word)
        if element is None:
            return False
        element.hover()
        tips = self._page.get_by_role("tooltip").filter(visible=True)
        return until(self._page, lambda: any(tip.inner_text().strip() for tip in tips.all()), seconds=0.5)


def until(page: Page, holds: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Wait until `holds` returns true, at most `seconds`; return whether it did."""
    end = time.monotonic() + seconds
    while not (held := holds()) and time.monotonic() < end:
        page.wait_for_timeout(TICK)
    return held


@cache
def _script() -> str:
    return SCRIPT.read_text(encoding="utf-8")
