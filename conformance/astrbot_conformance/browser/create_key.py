"""Creates a key in the dialog, and tests whether it is shown only once."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Locator, Response

from astrbot_conformance.browser import words
from astrbot_conformance.browser.observed import Made
from astrbot_conformance.browser.session import Visit
from astrbot_conformance.json_text import parsed
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.secret import KEY_SHAPE, USABLE, Secret, is_credential

ANSWERING = 8.0  # seconds for a key to be created
SHOWING = 3.0  # seconds for it to be shown
LATER = 1.0  # seconds for it to be shown again
QUESTIONS = 3  # maximum number of confirmation dialogs


Granted = Callable[[Secret], frozenset[str]]  # the scopes of a new key, as the target lists them


def make_key(visit: Visit, scopes: frozenset[str], granted: Granted) -> Made:
    """Create a key, and inspect the page again after a reload. NotJudged if no key is created."""
    chosen = visit.choices.choose(scopes)
    if not visit.name_key():
        raise NotJudged("no field for the name of the key was found: it could not be told from others")
    with _heard(visit) as secrets:
        _press(visit)
        for _ in range(QUESTIONS):
            if visit.until(lambda: bool(secrets) or _question(visit) is not None, ANSWERING) and not secrets:
                _agree(visit)
        if not secrets:
            raise NotJudged("no key came of it when the dialog was sent off")
    if not is_credential(secrets[0]):
        raise NotJudged(f"the target returned no usable key to the dialog: {USABLE}")
    secret = Secret(secrets[0], f"ASTRBOT_KEY_UI_{visit.language.upper()}")
    visit.keep_secret(secret)
    listed = granted(secret)
    shown = visit.until(lambda: _shows(visit, secret), SHOWING)
    _bring_into_view(visit, secret)
    visit.take("made")
    visit.come_again()
    return Made(chosen, listed, shown, again=visit.until(lambda: _shows(visit, secret), LATER))


@contextlib.contextmanager
def _heard(visit: Visit) -> Iterator[list[str]]:
    """The keys in responses to the page while the block runs."""
    secrets: list[str] = []

    def hear(response: Response) -> None:
        if response.request.method == "GET":
            return
        with contextlib.suppress(BrowserError, ValueError):
            secrets.extend(_keys_in(parsed(response.body())))

    visit.page.on("response", hear)
    try:
        yield secrets
    finally:
        visit.page.remove_listener("response", hear)


def _keys_in(value: Any) -> Iterator[str]:
    """Each `api_key` member of a response, and each text in the form of a key."""
    members = value.items() if isinstance(value, dict) else ((None, one) for one in value)
    for name, member in members:
        if isinstance(member, str) and member and (name == "api_key" or KEY_SHAPE.fullmatch(member)):
            yield member
        elif isinstance(member, dict | list):
            yield from _keys_in(member)


def _press(visit: Visit) -> None:
    """Submit the dialog: by a button of the dialog if there is one, else by a button of the page."""
    dialogs = visit.page.get_by_role("dialog").filter(visible=True, has=visit.page.get_by_role("textbox"))
    host = dialogs.last if dialogs.count() else visit.page
    for name in (words.NEW_KEY, words.NEW, words.AGREE):
        buttons = host.get_by_role("button", name=name).filter(visible=True).all()
        for button in buttons:
            if button.is_enabled():
                button.click()
                return
    raise NotJudged("no button was found that makes the key")


def _question(visit: Visit) -> Locator | None:
    """The confirmation button of a question, if one is shown: a dialog without a text field."""
    fields = visit.page.get_by_role("textbox")
    for role in ("alertdialog", "dialog"):
        asked = visit.page.get_by_role(role).filter(visible=True, has_not=fields)
        yes = asked.get_by_role("button", name=words.AGREE).filter(visible=True)
        if yes.count():
            return yes.last
    return None


def _agree(visit: Visit) -> None:
    yes = _question(visit)
    if yes is not None:
        with contextlib.suppress(BrowserError):  # the question closed by itself
            yes.click(timeout=2000)
            visit.until(lambda: _question(visit) is None, SHOWING)


def _shows(visit: Visit, secret: Secret) -> bool:
    """Whether the page shows the key, as text or in a field."""
    text = secret.reveal()
    fields = visit.page.locator("input:not([type=password]), textarea").filter(visible=True).all()
    return text in visit.page.locator("body").inner_text() or any(text in field.input_value() for field in fields)


def _bring_into_view(visit: Visit, secret: Secret) -> None:
    with contextlib.suppress(BrowserError):
        visit.page.get_by_text(secret.reveal()).first.scroll_into_view_if_needed(timeout=1000)
