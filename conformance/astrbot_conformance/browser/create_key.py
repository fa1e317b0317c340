"""Creates a key in the dialog, and tests whether it is shown only once."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Locator, Response

from astrbot_conformance.browser import words
from astrbot_conformance.browser.observed import CreatedKey
from astrbot_conformance.browser.session import Session
from astrbot_conformance.json_text import parsed
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.secret import KEY_SHAPE, USABLE, Secret, is_credential

CREATION = 8.0  # seconds for a key to be created
SHOWING = 3.0  # seconds for it to be shown
LATER = 1.0  # seconds for it to be shown again
CONFIRMATIONS = 3  # maximum number of confirmation dialogs


Granted = Callable[[Secret], frozenset[str]]  # the scopes of a new key, as the target lists them


def create_key(session: Session, scopes: frozenset[str], granted: Granted) -> CreatedKey:
    """Create a key, and inspect the page again after a reload. NotJudged if no key is created."""
    chosen = session.choices.choose(scopes)
    if not session.enter_key_name():
        raise NotJudged("no field for the name of the key was found, so the run could not recognize its key")
    with _received_keys(session) as secrets:
        _submit(session)
        for _ in range(CONFIRMATIONS):
            if session.until(lambda: bool(secrets) or _confirmation(session) is not None, CREATION) and not secrets:
                _confirm(session)
        if not secrets:
            raise NotJudged("submitting the dialog created no key")
    if not is_credential(secrets[0]):
        raise NotJudged(f"the target returned no usable key to the dialog: {USABLE}")
    secret = Secret(secrets[0], f"ASTRBOT_KEY_UI_{session.language.upper()}")
    session.keep_secret(secret)
    listed = granted(secret)
    shown = session.until(lambda: _shows(session, secret), SHOWING)
    _bring_into_view(session, secret)
    session.take("made")
    session.reload()
    return CreatedKey(chosen, listed, shown, again=session.until(lambda: _shows(session, secret), LATER))


@contextlib.contextmanager
def _received_keys(session: Session) -> Iterator[list[str]]:
    """The keys in responses to the page while the block runs."""
    secrets: list[str] = []

    def receive(response: Response) -> None:
        if response.request.method == "GET":
            return
        with contextlib.suppress(BrowserError, ValueError):
            secrets.extend(_keys_in(parsed(response.body())))

    session.page.on("response", receive)
    try:
        yield secrets
    finally:
        session.page.remove_listener("response", receive)


def _keys_in(value: Any) -> Iterator[str]:
    """Each `api_key` member of a response, and each text in the form of a key."""
    members = value.items() if isinstance(value, dict) else ((None, one) for one in value)
    for name, member in members:
        if isinstance(member, str) and member and (name == "api_key" or KEY_SHAPE.fullmatch(member)):
            yield member
        elif isinstance(member, dict | list):
            yield from _keys_in(member)


def _submit(session: Session) -> None:
    """Submit the dialog: by a button of the dialog if there is one, else by a button of the page."""
    dialogs = session.page.get_by_role("dialog").filter(visible=True, has=session.page.get_by_role("textbox"))
    host = dialogs.last if dialogs.count() else session.page
    for name in (words.NEW_KEY, words.NEW, words.AGREE):
        buttons = host.get_by_role("button", name=name).filter(visible=True).all()
        for button in buttons:
            if button.is_enabled():
                button.click()
                return
    raise NotJudged("no button that creates the key was found")


def _confirmation(session: Session) -> Locator | None:
    """The confirmation button of a question, if one is shown: a dialog without a text field."""
    fields = session.page.get_by_role("textbox")
    for role in ("alertdialog", "dialog"):
        question = session.page.get_by_role(role).filter(visible=True, has_not=fields)
        button = question.get_by_role("button", name=words.AGREE).filter(visible=True)
        if button.count():
            return button.last
    return None


def _confirm(session: Session) -> None:
    button = _confirmation(session)
    if button is not None:
        with contextlib.suppress(BrowserError):  # the question closed by itself
            button.click(timeout=2000)
            session.until(lambda: _confirmation(session) is None, SHOWING)


def _shows(session: Session, secret: Secret) -> bool:
    """Whether the page shows the key, as text or in a field."""
    text = secret.reveal()
    fields = session.page.locator("input:not([type=password]), textarea").filter(visible=True).all()
    return text in session.page.locator("body").inner_text() or any(text in field.input_value() for field in fields)


def _bring_into_view(session: Session, secret: Secret) -> None:
    with contextlib.suppress(BrowserError):
        session.page.get_by_text(secret.reveal()).first.scroll_into_view_if_needed(timeout=1000)
