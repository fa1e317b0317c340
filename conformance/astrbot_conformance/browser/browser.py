"""The Chromium that opens the web UI."""

import importlib.util
import os
import shutil
from pathlib import Path

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
VARIABLE = "ASTRBOT_CHROMIUM"


class NoBrowser(Exception):
    """`--ui` is not possible here; the text is one line that states what is missing and how to install it."""


def find_browser() -> str:
    """The path of Chromium: ASTRBOT_CHROMIUM, else one on the PATH, else Playwright's own.

    Raises NoBrowser if there is none, or if Playwright is missing.
    """
    if importlib.util.find_spec("playwright") is None:
        raise NoBrowser("--ui needs Playwright, which is not installed; pip install 'astrbot-contract[ui]'")
    named = os.environ.get(VARIABLE)
    if named:
        if not shutil.which(named):
            raise NoBrowser(f"{VARIABLE}={named}: there is no such program")
        return named
    on_path = next((path for name in NAMES if (path := shutil.which(name))), None)
    own = on_path or _playwrights_own()
    if not own:
        raise NoBrowser(
            f"--ui needs Chromium, which is not installed; apt-get install chromium, or playwright install chromium, "
            f"or name one in {VARIABLE}"
        )
    return own


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  it is optional

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if path and Path(path).exists() else None
