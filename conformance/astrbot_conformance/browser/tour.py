"""A complete tour of the web UI, from an empty browser to the observations in each language."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass

from astrbot_api.contract import Contract
from playwright.sync_api import Browser

from astrbot_conformance.browser.create_key import Granted, create_key
from astrbot_conformance.browser.observed import Observed, Result, require
from astrbot_conformance.browser.page import browser_for, page_of
from astrbot_conformance.browser.session import Session
from astrbot_conformance.contract import implicated
from astrbot_conformance.http import TargetOptions
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.secret import Secret
from astrbot_conformance.verdict.picture import LANGUAGES, Language

LOCALES = {"en": "en-US", "zh": "zh-CN"}


@dataclass(frozen=True, slots=True)
class WebUiTour:
    """A tour of the web UI of a target, by a browser and with a login."""

    executable: str
    options: TargetOptions
    login: tuple[str, Secret]
    contract: Contract

    def run(self, names: str, granted: Granted, stop: threading.Event) -> Mapping[Language, Result]:
        """Make a tour in each language and create a key with the name prefix `names`. `stop` ends the tour early."""
        results: dict[Language, Result] = {}
        try:
            with browser_for(self.options.base, self.executable) as browser:
                for language in LANGUAGES:
                    results[language] = self._tour_in(browser, language, names, granted, stop)
        except NotJudged as error:
            return dict.fromkeys(LANGUAGES, (error, ())) | results
        return results

    def _tour_in(
        self, browser: Browser, language: Language, names: str, granted: Granted, stop: threading.Event
    ) -> Result:
        options = self.options
        with page_of(browser, LOCALES[language], options.timeout, insecure=options.verify is False) as page:
            session = Session(
                page,
                language,
                stop,
                key_name=f"{names}{language}",
                options=options,
                login=self.login,
                contract=self.contract,
            )
            try:
                return self._observe(session, granted), tuple(session.pictures)
            except NotJudged as error:
                return error, tuple(session.pictures)

    def _observe(self, session: Session, granted: Granted) -> Observed:
        """The observations in one language. NotJudged if the dialog is not found."""
        require(session.attempt(session.reach))
        choices, contract = session.choices, self.contract
        order = self._order(session.language)
        steps = session.attempt(lambda: (*choices.back_and_forth(), *choices.one_by_one(order, to=True)))
        if isinstance(steps, NotJudged) and contract.sub_scopes:  # sub-scopes are offered only beside their scopes
            raise steps
        offered, unexplained = require(session.attempt(lambda: (choices.offered(), choices.unexplained())))
        down = session.attempt(lambda: tuple(choices.one_by_one(order, to=False)))
        steps = down if isinstance(down, NotJudged) else steps if isinstance(steps, NotJudged) else (*steps, *down)
        session.attempt(lambda: choices.choose(_implying(contract)))
        session.take("chosen")
        created = session.attempt(lambda: create_key(session, _some(contract, session.language), granted))
        return Observed(session.language, offered, unexplained, steps, created)

    def _order(self, language: Language) -> list[str]:
        """The scopes, those that imply others last. One language reverses them, so each pair occurs in both orders."""
        scopes = self.contract.scopes if language == "en" else self.contract.scopes[::-1]
        return sorted(scopes, key=lambda scope: bool(self.contract.implies.get(scope)))


def _implying(contract: Contract) -> frozenset[str]:
    """The scopes that imply others, together with the implied scopes."""
    return contract.closure(scope for scope in contract.scopes if contract.implies.get(scope))


def _some(contract: Contract, language: Language) -> frozenset[str]:
    """Scopes for a key: in one language those with implications and every second other scope, in the other the rest."""
    others = [scope for scope in contract.scopes if scope not in implicated(contract)]
    return frozenset(others[1::2] if language == "zh" else [*others[::2], *_implying(contract)])
