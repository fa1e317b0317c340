"""Whether a browser is available for the tests."""

from astrbot_conformance.browser.browser import NoBrowser, find_browser


def _found() -> tuple[str, str]:
    try:
        return find_browser(), ""
    except NoBrowser as error:
        return "", str(error)


CHROMIUM, NO_BROWSER = _found()
"""The path of the Chromium for the tests, and the reason if there is none."""
