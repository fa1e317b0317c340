"""First contact: the target is reachable, is AstrBot, has this API and accepts the login. One clear error each."""

import contextlib
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx2

from astrbot_conformance.astrbot_operations import IM_BOTS
from astrbot_conformance.http import Target, TargetOptions, failure
from astrbot_conformance.http.deadline import within
from astrbot_conformance.http.limits import OFFERED, Received, UnusableError, received
from astrbot_conformance.json_text import parsed
from astrbot_conformance.json_value import as_object, part
from astrbot_conformance.keys.dashboard import Dashboard, LoginRefused, logged_in
from astrbot_conformance.outcome import AskedTooOften, CannotStart, Misdirected, NotJudged, Unready, shortened
from astrbot_conformance.secret import USABLE, Secret, mask

SHORTEST = 5.0  # seconds that first contact may take, even if the time-out of a response is shorter
LARGEST = 1024 * 1024  # maximum bytes of a response at first contact
SETUP_STATUS = "/api/v1/auth/setup-status"
REQUESTS = (f"GET {IM_BOTS.path}", f"GET {SETUP_STATUS}")  # those of an ordinary first contact
OLD_VERSION = "/api/stat/version"
REDIRECTS = (301, 302, 303, 307, 308)
FIRST_RELEASE = "4.26 is the first release with it"
BROKEN_PROXY = "is there a broken proxy in front?"
WANTS_A_KEY = re.compile(r"(?i)\bAPI[ _-]?key\b")  # the message of the guard in front of operations for keys
MISMATCH = (
    "username and password were not checked. A likely cause is that web UI and core of AstrBot have different "
    "versions, or that a proxy sends the login to another operation"
)
HINTS = {  # what to correct if the address or an option is wrong
    failure.NO_HOST: "is AstrBot running, and is it the right port?",
    failure.NOTHING_LISTENS: "is AstrBot running, and is it the right port?",
    failure.TIMED_OUT: "is the address right, and is the server running?",
    failure.UNTRUSTED: "add --ca FILE, or --insecure to accept it",
    failure.TLS_FAILS: "does this port use plain http://?",
    failure.PROXY: "check HTTP_PROXY, HTTPS_PROXY and NO_PROXY",
}
CUT_SHORT = {  # endings of a body that AstrBot never sends at first contact
    "large": "the response does not end",
    "slow": "the response does not end",
    "silent": "the response stops before its end",
    "broken": "the connection broke before the end of the response",
}


def base_of(text: str) -> str:
    """The base URL to which every path of the contract is added. Raises Misdirected unless it is http or https."""
    wrong = Misdirected(f"{mask(text)}: not a valid address; write http://HOST:PORT or https://HOST:PORT")
    try:
        url = urlsplit(text.strip())
        httpx2.URL(text.strip())
        (url.hostname or "").encode("idna")
    except (ValueError, httpx2.InvalidURL):  # a UnicodeError is a ValueError
        raise wrong from None
    if url.scheme not in ("http", "https") or not url.hostname:
        raise wrong
    if url.username or url.password:
        raise Misdirected("the address contains a login; put it in ASTRBOT_USERNAME and ASTRBOT_PASSWORD instead")
    try:
        port = f":{url.port}" if url.port else ""
    except ValueError:
        raise Misdirected(f"{mask(text)}: not a valid port; write http://HOST:PORT") from None
    host = f"[{url.hostname}]" if ":" in url.hostname else url.hostname
    return f"{url.scheme}://{host}{port}" + url.path.rstrip("/").removesuffix("/api/v1").rstrip("/")


def meet(options: TargetOptions) -> None:
    """Return if an AstrBot with this API responds at the address in `options`. Raises Misdirected or Unready otherwise.

    It has a time limit, because a server may keep a client waiting byte by byte.
    """
    seconds = min(options.timeout, 10.0)
    contact = FirstContact(options, seconds)
    with within(max(3 * options.timeout, SHORTEST)), contextlib.closing(contact):
        response = contact.get(options.base, IM_BOTS.path)
        if not _is_envelope(response):
            _explain(contact, options.base, response)
        setup = _envelope_data(contact.get(options.base, SETUP_STATUS))
        if setup.get("setup_required") is True:
            raise Unready(
                f"{options.base}: the first-run setup is not finished; open it in a browser and finish it first"
            )


class FirstContact:
    """Sends requests without credentials, before a run knows what the target is."""

    def __init__(self, options: TargetOptions, seconds: float) -> None:
        """Connect to the target. seconds: the time limit of each step of a response."""
        self._transport = options.transport()
        self._seconds = seconds

    def get(self, base: str, path: str) -> Received:
        """The response below `base`, up to 1 MiB. Raises Misdirected or Unready if there is no usable response."""
        for attempt in (1, 2):  # the server may have closed a kept connection by now
            try:
                return self._received(base, path)
            except (UnicodeError, httpx2.InvalidURL):
                raise Misdirected(f"{base}: not a valid address; no host can have this name") from None
            except UnusableError as error:
                raise Unready(f"{base}: not AstrBot, {error}; {BROKEN_PROXY}") from None
            except httpx2.TransportError as error:
                if attempt == 1 and isinstance(error, httpx2.RemoteProtocolError | httpx2.ReadError):
                    continue
                raise _no_response(base, error) from None
        raise AssertionError("the second attempt ends")

    def close(self) -> None:
        """Close every connection."""
        self._transport.close()

    def _received(self, base: str, path: str) -> Received:
        request = httpx2.Request("GET", base + path, headers=OFFERED)
        request.extensions["timeout"] = httpx2.Timeout(self._seconds).as_dict()
        with contextlib.closing(self._transport.handle_request(request)) as streamed:
            response = received(streamed, seconds=self._seconds, largest=LARGEST)
        if response.ending in CUT_SHORT:
            raise Unready(f"{base}: not AstrBot, {response.detail or CUT_SHORT[response.ending]} (for {path})")
        return response


def log_in(target: Target, username: str | None, password: Secret | None) -> Dashboard:
    """Log in to the dashboard and return the session. Raises Misdirected or Unready if the login is rejected."""
    base = target.options.base
    if not username or password is None or not password.reveal():
        raise Misdirected("set ASTRBOT_USERNAME and ASTRBOT_PASSWORD to the login of the dashboard")
    try:
        return logged_in(target, username, password)
    except AskedTooOften:
        raise Unready(f"{base}: the login keeps returning 429 (rate limit); try again in a minute") from None
    except NotJudged as error:
        raise Unready(f"{base}: login failed: {error}") from None
    except LoginRefused as refused:
        raise _login_refused(base, refused) from None


def _login_refused(base: str, refused: LoginRefused) -> CannotStart:
    response = refused.response
    if response.status in (404, 405):
        return Unready(f"{base}: an AstrBot without this API ({response.status} for the login); {FIRST_RELEASE}")
    if response.status in (401, 403) and WANTS_A_KEY.search(response.message or ""):
        return Misdirected(f"{base}: the login itself requires an API key ({response.status}); {MISMATCH}")
    if response.status in (400, 401, 403) or response.is_error_envelope:
        return Misdirected(f"{base}: wrong ASTRBOT_USERNAME or ASTRBOT_PASSWORD ({response.in_short})")
    if response.is_accepted and isinstance(part(response.data, "token"), str):
        return Unready(f"{base}: the login returned no usable token: {USABLE}")
    if response.is_accepted and isinstance(response.json, dict):
        return Unready(f"{base}: the login requires more than a password; turn off two-factor login for the run")
    return Unready(f"{base}: the login returned {response.in_short}")


def _no_response(base: str, error: httpx2.TransportError) -> CannotStart:
    reason = failure.reason_of(error)
    hint = HINTS.get(reason, BROKEN_PROXY)
    if reason in (failure.HANGS_UP, failure.NOT_HTTP, failure.RESET) and base.startswith("http://"):
        hint = "does this port use https://?"
    return (Misdirected if reason in HINTS else Unready)(f"{base}: {reason}; {hint}")


def _explain(contact: FirstContact, base: str, response: Received) -> None:
    """Raise the error that best describes a `response` that AstrBot did not send."""
    url = urlsplit(base)
    origin = f"{url.scheme}://{url.netloc}"
    if response.status in REDIRECTS and "location" in response.headers:
        raise _redirected(base, response.headers["location"])
    if response.status >= 500:
        raise Unready(f"{base}: returns {response.status}; is AstrBot running behind the proxy?")
    if response.status in (401, 403, 407) and not _is_envelope(response):
        raise Unready(f"{base}: a proxy in front of AstrBot requires a login ({response.status})")
    if origin != base and _is_envelope(contact.get(origin, IM_BOTS.path)):
        raise Misdirected(f"{base}: wrong base path; AstrBot is at {origin}")
    if _is_old_astrbot(contact, base):
        raise Unready(f"{base}: an AstrBot without this API; {FIRST_RELEASE}")
    if "html" in response.headers.get("content-type", "") and response.status == 200:
        raise Unready(f"{base}: returns a web page instead of the API; wrong base path, or a proxy in front?")
    raise Unready(f"{base}: not AstrBot ({response.status} for {IM_BOTS.path}); are the port and the path right?")


def _redirected(base: str, location: str) -> CannotStart:
    """The error for a redirect. The client follows none, so that no password reaches another address."""
    try:
        address = urljoin(f"{base}{IM_BOTS.path}", location).removesuffix(IM_BOTS.path)
        base_of(address)
    except (ValueError, CannotStart):
        return Unready(f"{base}: redirects to an invalid address; {BROKEN_PROXY}")
    if address == base:
        return Unready(f"{base}: redirects to itself; {BROKEN_PROXY}")
    return Misdirected(f"{base}: redirects to {shortened(address)}; give that address")


def _is_old_astrbot(contact: FirstContact, base: str) -> bool:
    return _is_envelope(contact.get(base, OLD_VERSION))


def _is_envelope(response: Received) -> bool:
    """Whether the body is one of AstrBot's two envelopes and does not report an unknown path."""
    body = _json(response)
    is_envelope = isinstance(body, dict) and body.get("status") in ("ok", "error") and "message" in body
    return is_envelope and response.status in (200, 400, 401, 403, 422, 429)


def _envelope_data(response: Received) -> Mapping[str, Any]:
    return as_object(part(_json(response), "data"))


def _json(response: Received) -> Any:
    try:
        return parsed(response.body)
    except ValueError:
        return None
