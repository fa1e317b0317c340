"""The language of the web UI: detected by its characters, selected as a user does."""

import re
import threading
from collections.abc import Callable

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page

from astrbot_conformance.browser import words
from astrbot_conformance.browser.choices import until
from astrbot_conformance.verdict.picture import Language

HAN = re.compile(r"[\u4e00-\u9fff]")
KANA = re.compile(r"[\u3040-\u30ff]")
ENOUGH_HAN = 4  # characters that make a page Chinese; names of languages and contents of tables do not count


class PageLanguage:
    """The language of a page. patience: seconds until a click must have an effect."""

    def __init__(self, page: Page, language: Language, stop: threading.Event, patience: float) -> None:
        """Set `language` as the expected language of `page`."""
        self._page = page
        self._language = language
        self._stop = stop
        self._patience = patience

    def _is_shown(self) -> bool:
        """Whether the page is in the expected language, judged by its characters."""
        text = self._page.evaluate(
            """() => [...document.querySelectorAll("body *")].filter(e => !e.closest("table, script, style, select")
              && e.checkVisibility()).flatMap(e => [...e.childNodes]).filter(n => n.nodeType === 3)
              .map(n => n.data.trim()).filter(Boolean).join("\\n")"""
        )
        lines = [line for line in text.splitlines() if not re.search("中文|日本語", line)]
        han, kana = (len(characters.findall("\n".join(lines))) for characters in (HAN, KANA))
        if kana:
            return False
        return han >= ENOUGH_HAN if self._language == "zh" else han < ENOUGH_HAN

    def select(self) -> bool:
        """Switch the page to the expected language, as a user does; return whether it is in that language."""
        if self._is_shown():
            return True
        name = words.LANGUAGE_NAMES[self._language]
        if self._select(name) or self._click(name):
            return True
        menus = self._page.get_by_role("button", name=words.LANGUAGE_MENU).filter(visible=True).all()
        nameless = [
            button
            for button in self._page.get_by_role("button").filter(visible=True).all()
            if not button.inner_text().strip() and not button.get_attribute("aria-label")
        ]
        for menu in [*menus, *nameless][:4]:
            try:
                menu.click(timeout=self._patience * 1000)
            except BrowserError:
                continue
            shown = self._page.get_by_text(name).filter(visible=True)
            if self._until(lambda: shown.count() > 0, 1) and self._click(name):  # noqa: B023  called immediately
                return True
            self._page.keyboard.press("Escape")
        return False

    def _select(self, name: re.Pattern[str]) -> bool:
        for option in self._page.locator("select option").filter(has_text=name).all():
            option.locator("xpath=ancestor::select").select_option(label=option.inner_text().strip())
            if self._until(self._is_shown, self._patience):
                return True
        return False

    def _click(self, name: re.Pattern[str]) -> bool:
        for element in self._page.get_by_text(name).filter(visible=True).all():
            try:
                element.click(timeout=self._patience * 1000)
            except BrowserError:
                continue
            if self._until(self._is_shown, self._patience):
                return True
        return False

    def _until(self, holds: Callable[[], bool], seconds: float) -> bool:
        return until(self._page, lambda: self._stop.is_set() or holds(), seconds)
