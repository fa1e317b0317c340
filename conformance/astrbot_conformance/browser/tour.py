"""A complete tour of the web UI, from an empty browser to the observations in each language."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass

from astrbot_api.contract import Contract
from playwright.sync_api import Browser

from astrbot_conformance.browser.create_key import Granted, make_key
from astrbot_conformance.browser.observed import Glance, Sight, told
from astrbot_conformance.browser.page import browser_for, page_of
from astrbot_conformance.browser.session import Visit
from astrbot_conformance.contract import implicated
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.secret import Secret
from astrbot_conformance.verdict.picture import LANGUAGES, Language

LOCALES = {"en": "en-US", "zh": "zh-CN"}


@dataclass(frozen=True, slots=True)
class Looker:
    """Opens the web UI; has everything that a tour requires."""

    executable: str
    options: TargetOptions
    login: tuple[str, Secret]
    contract: Contract

    def look(self, names: str, granted: Granted, stop: threading.Event) -> Mapping[Language, Glance]:
        """Make a tour in each language and create a key with the name prefix `names`. `stop` ends the tour early."""
        glances: dict[Language, Glance] = {}
        try:
            with browser_for(self.options.base, self.executable) as browser:
                for language in LANGUAGES:
                    glances[language] = self._look(browser, language, names, granted, stop)
        except NotJudged as error:
            return dict.fromkeys(LANGUAGES, (error, ())) | glances
        return glances

    def _look(
        self, browser: Browser, language: Language, names: str, granted: Granted, stop: threading.Event
    ) -> Glance:
        options = self.options
        with page_of(browser, LOCALES[language], options.timeout, insecure=options.verify is False) as page:
            visit = Visit(
                page,
                language,
                stop,
                key_name=f"{names}{language}",
                options=options,
                login=self.login,
                contract=self.contract,
            )
            try:
                return self._looked(visit, granted), tuple(visit.pictures)
            except NotJudged as error:
                return error, tuple(visit.pictures)

    def _looked(self, visit: Visit, granted: Granted) -> Sight:
        """The observations in one language. NotJudged if the dialog is not found."""
        told(visit.attempt(visit.reach))
        choices, contract = visit.choices, self.contract
        order = self._order(visit.language)
        steps = visit.attempt(lambda: (*choices.back_and_forth(), *choices.one_by_one(order, to=True)))
        if isinstance(steps, NotJudged) and contract.sub_scopes:  # sub-scopes are offered only beside their scopes
            raise steps
        offered, unexplained = told(visit.attempt(lambda: (choices.offered(), choices.unexplained())))
        down = visit.attempt(lambda: tuple(choices.one_by_one(order, to=False)))
        steps = down if isinstance(down, NotJudged) else steps if isinstance(steps, NotJudged) else (*steps, *down)
        visit.attempt(lambda: choices.choose(_implying(contract)))
        visit.take("chosen")
        made = visit.attempt(lambda: make_key(visit, _some(contract, visit.language), granted))
        return Sight(visit.language, offered, unexplained, steps, made)

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
