"""Headless Chromium through Playwright, which may connect only to the target."""

import contextlib
from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error, Page, sync_playwright

from astrbot_conformance.outcome import NotJudged

SIZE = (1280, 1000)  # pixels


@contextlib.contextmanager
def browser_for(base: str, executable: str) -> Iterator[Browser]:
    """A browser that connects only to the host of `base`. NotJudged if it does not start, or ends too early."""
    try:
        with sync_playwright() as playwright:
            rule = f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {urlsplit(base).hostname}"
            # Playwright could block requests too, but then nothing would be cached.
            browser = playwright.chromium.launch(
                executable_path=executable, args=[rule], handle_sigint=False, handle_sigterm=False
            )
            with contextlib.closing(browser):
                yield browser
    except Error as error:
        raise NotJudged(f"the browser {executable} failed: {first_line(error)}") from None


@contextlib.contextmanager
def page_of(browser: Browser, locale: str, timeout: float, *, insecure: bool) -> Iterator[Page]:
    """An empty page in its own browser context. timeout: seconds that any action on it may take."""
    width, height = SIZE
    context = browser.new_context(
        locale=locale,
        ignore_https_errors=insecure,
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
    )
    with contextlib.closing(context):
        context.set_default_timeout(timeout * 1000)
        yield context.new_page()


def first_line(error: BaseException) -> str:
    """The first line of a browser error."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
