"""A user session in the web UI: logs in, selects a language and opens the dialog that creates keys."""

import contextlib
import re
import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from astrbot_api.contract import Contract
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Locator, Page, Request

from astrbot_conformance.browser import words
from astrbot_conformance.browser.choices import Choices, until
from astrbot_conformance.browser.language import PageLanguage
from astrbot_conformance.browser.observed import NAMES
from astrbot_conformance.browser.page import first_line
from astrbot_conformance.browser.picture import blotted
from astrbot_conformance.http import TargetOptions
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.secret import Secret
from astrbot_conformance.verdict.picture import Language, Picture, Shows

ROLES = ("button", "link", "tab", "menuitem")
MOST_CLICKS = 10  # clicks from the login to the dialog
LOGINS = 3  # a login is rate limited
AGAIN = 1.5  # seconds until the next login
APPEARING = 2.5  # seconds at most until a click has an effect
SETTLING = 8.0  # seconds at most until a page is idle
REST = 0.3  # seconds without a new request
ENDLESS = 1.5  # seconds after which a response is no longer awaited

Result = TypeVar("Result")


class Session:
    """A user session in the target's web UI."""

    def __init__(
        self,
        page: Page,
        language: Language,
        stop: threading.Event,
        *,
        key_name: str,
        options: TargetOptions,
        login: tuple[str, Secret],
        contract: Contract,
    ) -> None:
        """Begin on an empty page. `stop` ends all waits when it is set."""
        self.page = page
        self.choices = Choices(page, contract)
        self.language = language
        self.pictures: list[Picture] = []
        self._key_name = key_name
        self._base = options.base
        self._timeout = options.timeout
        self._patience = min(APPEARING, options.timeout / 8)
        self._page_language = PageLanguage(page, language, stop, self._patience)
        self._username, self._password = login
        self._stop = stop
        self._secrets = [self._password]
        self._tried: set[tuple[str, str]] = set()
        self._waits: dict[Request, float] = {}  # start of the wait for each response
        self._last_request = 0.0
        page.on("request", self._on_request)
        page.on("requestfinished", self._on_response)
        page.on("requestfailed", self._on_response)

    def attempt(self, action: Callable[[], Result]) -> Result | NotJudged:
        """The result of `action`; NotJudged if it failed, with a picture of the page at that moment."""
        if self._stop.is_set():
            return NotJudged("the run is ending")
        try:
            return action()
        except NotJudged as error:
            reason = error
        except BrowserError as error:
            reason = NotJudged(f"the browser failed: {first_line(error)}")
        self.take("stopped")
        return reason

    def take(self, shows: Shows) -> None:
        """Take a picture of the page, if no secret is visible on it."""
        try:
            png = blotted(self.page, [secret.reveal() for secret in self._secrets])
        except BrowserError:
            return
        if png:
            self.pictures = [picture for picture in self.pictures if picture.shows != shows]
            self.pictures.append(Picture(self.language, shows, png))

    def keep_secret(self, secret: Secret) -> None:
        """Cover this text on every picture from now on."""
        self._secrets.append(secret)

    def reach(self) -> None:
        """Go from the first page to the dialog. NotJudged if the dialog is not found."""
        try:
            self.page.goto(f"{self._base}/")
        except BrowserError as error:
            raise NotJudged(f"{self._base}/ does not open in the browser: {first_line(error)}") from None
        self._begin()

    def reload(self) -> None:
        """Reload the page and go to the dialog again."""
        self.page.reload()
        self._begin()

    def _begin(self) -> None:
        self._tried.clear()
        self.until(lambda: self._asks_for_password() or bool(self._clickable(words.WAYS)), self._timeout)
        if not self._asks_for_password() and not self._clickable(words.WAYS):
            reason = "shows no login and no button or link that leads to one; is its web UI installed?"
            raise NotJudged(f"{self._base}/ {reason}")
        is_selected = self._page_language.select()
        if self._asks_for_password():
            self._log_in()
            self.settle()
        self._open()
        if not is_selected and not self._page_language.select():
            raise NotJudged(f"the web UI could not be switched to {NAMES[self.language]}")

    def until(self, holds: Callable[[], bool], seconds: float) -> bool:
        """Wait until `holds` returns true or the run ends; return whether one of them happened."""
        return until(self.page, lambda: self._stop.is_set() or holds(), seconds)

    def settle(self) -> None:
        """Wait until the page is idle: while it loads, it may still navigate.

        It is idle if it sent no request for a moment, and awaits no responses except endless ones, such as streams.
        """

        def is_idle() -> bool:
            now = time.monotonic()
            return self._last_request < now - REST and all(sent < now - ENDLESS for sent in self._waits.values())

        self.until(is_idle, SETTLING)

    def _on_request(self, request: Request) -> None:
        self._last_request = self._waits[request] = time.monotonic()

    def _on_response(self, request: Request) -> None:
        self._waits.pop(request, None)

    def _asks_for_password(self) -> bool:
        return self._password_field().count() > 0

    def _password_field(self) -> Locator:
        return self.page.locator("input[type=password]").filter(visible=True)

    def _log_in(self) -> None:
        for attempt in range(1, LOGINS + 1):
            with contextlib.suppress(BrowserError):  # on a slow machine, the form disappears while it is filled again
                self._submit_login()
            self.settle()
            is_last = attempt == LOGINS
            if self.until(lambda: not self._asks_for_password(), self._timeout if is_last else self._patience + AGAIN):
                return
        raise NotJudged("the web UI rejects the login that the API accepts")

    def _submit_login(self) -> None:
        """Fill in the login form and submit it, each step within the patience of the session."""
        limit = self._patience * 1000
        fields = self.page.get_by_role("textbox").filter(visible=True).all()
        names = [field for field in fields if field.get_attribute("type", timeout=limit) != "password"]
        if not names and self._asks_for_password():
            raise NotJudged("the login form has no field for the username")
        if not names:  # the form is gone: an earlier login succeeded
            return
        names[0].fill(self._username, timeout=limit)
        self._password_field().first.fill(self._password.reveal(), timeout=limit)
        button = self.page.get_by_role("button", name=words.LOG_IN).filter(visible=True)
        if button.count() and button.first.is_enabled(timeout=limit):
            button.first.click(timeout=limit)
        else:
            self.page.keyboard.press("Enter")

    def _open(self) -> None:
        """Click until the dialog shows the scopes."""
        for _ in range(MOST_CLICKS):
            self.until(lambda: bool(self.choices.read() or self._clickable(words.WAYS)), self._timeout)
            if self.choices.read():
                return
            if not self._click_next() and not self._close_notice():
                break
        raise NotJudged("no dialog was found that offers the scopes of a key")

    def _click_next(self) -> bool:
        """Click the untried element that leads closest to the dialog; return whether there is one."""
        for way, label, element in self._clickable(words.WAYS):
            self._tried.add(label)
            if words.NEW_KEY.search(label[1]):
                self.enter_key_name()  # if this creates a key immediately, its name shows that it belongs to the run
            try:
                element.click(timeout=self._patience * 1000)
            except BrowserError:  # another element covers it
                self._close_notice()
                continue
            self.settle()
            nearer = words.WAYS[: words.WAYS.index(way)]
            self.until(lambda: bool(self.choices.read() or self._clickable(nearer)), self._patience)  # noqa: B023
            return True
        return False

    def _clickable(self, ways: Sequence[re.Pattern[str]]) -> list[tuple[re.Pattern[str], tuple[str, str], Locator]]:
        """The visible untried elements with these names, the most exact first: pattern, role and text, locator."""
        elements = []
        for way in ways:
            for role in ROLES:
                for element in self.page.get_by_role(role, name=way).filter(visible=True).all():  # type: ignore[arg-type]
                    label = (role, element.inner_text().strip() or element.get_attribute("aria-label") or "")
                    if label not in self._tried and element.is_enabled() and self._stays_on_target(element):
                        elements.append((way, label, element))
        return elements

    def _stays_on_target(self, element: Locator) -> bool:
        address = element.get_attribute("href") or ""
        return not re.match(r"[a-z]+:|//", address, re.IGNORECASE) or address.startswith(self._base)

    def _close_notice(self) -> bool:
        """Close a notice that covers the page; return whether there was one."""
        notices = self.page.get_by_role("dialog").filter(visible=True)
        if not notices.count():
            return False
        close = notices.get_by_role("button", name=words.CLOSE).filter(visible=True)
        if close.count():
            close.first.click()
        else:
            self.page.keyboard.press("Escape")
        return self.until(lambda: not notices.count(), self._patience)

    def enter_key_name(self) -> bool:
        """Fill in the name of the new key; return whether there is a field for it."""
        for field in self.page.get_by_role("textbox", name=words.NAME_OF_KEY).filter(visible=True).all():
            if field.is_editable() and field.get_attribute("type") != "password":
                field.fill(self._key_name)
                return True
        return False
