"""A browser for the tests of this folder."""

from collections.abc import Iterator

import pytest

from tests.conformance.browser.chromium import CHROMIUM, NO_BROWSER


@pytest.fixture(scope="module")
def page() -> "Iterator[object]":
    """A page in a browser without network access."""
    if NO_BROWSER:
        pytest.skip(NO_BROWSER)
    from astrbot_conformance.browser.page import browser_for, page_of  # noqa: PLC0415  it needs Playwright

    with (
        browser_for("http://127.0.0.1:9", CHROMIUM) as browser,
        page_of(browser, "en-US", 10, insecure=False) as opened,
    ):
        yield opened
