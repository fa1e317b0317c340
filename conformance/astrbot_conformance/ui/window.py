"""Headless Chromium through Playwright, kept from speaking to anybody but the target."""

import contextlib
from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Error, Page, sync_playwright

from astrbot_conformance.finding import NotJudged

SIZE = (1280, 1000)  # pixels


@contextlib.contextmanager
def opened(executable: str, base: str, locale: str, timeout: float, *, insecure: bool) -> Iterator[Page]:
    """An empty page in a browser of its own that speaks to `base` alone. NotJudged where it does not start.

    timeout: seconds that anything on the page may take.
    """
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=executable, args=_only_to(base), handle_sigint=False, handle_sigterm=False
            )
        except Error as error:
            raise NotJudged(f"{executable} does not start: {first_line(error)}") from None
        with contextlib.closing(browser):
            width, height = SIZE
            context = browser.new_context(
                locale=locale,
                ignore_https_errors=insecure,
                viewport={"width": width, "height": height},
                reduced_motion="reduce",
            )
            context.set_default_timeout(timeout * 1000)
            yield context.new_page()


def first_line(error: BaseException) -> str:
    """What a browser complains of, in a line."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _only_to(base: str) -> list[str]:
    """What makes Chromium know no other host. Playwright could turn requests away too, but then nothing is cached."""
    return [f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {urlsplit(base).hostname}"]
