"""Whether there is a browser to look with."""

from astrbot_conformance.browser.browser import NoBrowser, find_browser


def _found() -> tuple[str, str]:
    try:
        return find_browser(), ""
    except NoBrowser as error:
        return "", str(error)


CHROMIUM, NO_BROWSER = _found()
"""The path of the Chromium that tests look with, and why there is none."""
