"""First contact: is it there, is it AstrBot, does it have this API, will it let us in. One clear line for each no.

CannotBegin
├── Misdirected     the address, the credentials or the TLS options must be corrected: exit 2
└── Unready         something answers there that cannot be judged, such as another service: exit 3
"""

import ssl
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from astrbot_conformance.contract import IM_BOTS
from astrbot_conformance.json_text import parsed
from astrbot_conformance.keys.dashboard import Dashboard, LoginRefused, logged_in
from astrbot_conformance.secret import USABLE, Secret, mask
from astrbot_conformance.verdict.finding import AskedTooOften, NotJudged
from astrbot_conformance.wire.deadline import within
from astrbot_conformance.wire.reach import Reach
from astrbot_conformance.wire.target import Target

SHORTEST = 5.0  # seconds that first contact may take, however short the time-out of an answer is
LARGEST = 1024 * 1024  # bytes of an answer at first contact
SETUP_STATUS = "/api/v1/auth/setup-status"
OLD_VERSION = "/api/stat/version"


class CannotBegin(Exception):
    """The run cannot begin; the text is one line that says what is wrong, where, and what to do."""

    exit_code = 2


class Misdirected(CannotBegin):
    """The address, the credentials or the TLS options must be corrected; the text says to what, if that is known."""


class Unready(CannotBegin):
    """Something answers that cannot be judged: another service, an older AstrBot, or one that is not ready."""

    exit_code = 3


def base_of(text: str) -> str:
    """The address that every path of the contract is added to. Raises Misdirected unless it is http or https."""
    wrong = Misdirected(f"{mask(text)}: not an address; write http://HOST:PORT or https://HOST:PORT")
    try:
        url = urlsplit(text.strip())
        httpx.URL(text.strip())
        (url.hostname or "").encode("idna")
    except (ValueError, httpx.InvalidURL):  # a UnicodeError is a ValueError
        raise wrong from None
    if url.scheme not in ("http", "https") or not url.hostname:
        raise wrong
    if url.username or url.password:
        raise Misdirected("the address holds a password; give it in ASTRBOT_USERNAME and ASTRBOT_PASSWORD instead")
    try:
        port = f":{url.port}" if url.port else ""
    except ValueError:
        raise Misdirected(f"{mask(text)}: not a port; write http://HOST:PORT") from None
    host = f"[{url.hostname}]" if ":" in url.hostname else url.hostname
    return f"{url.scheme}://{host}{port}" + url.path.rstrip("/").removesuffix("/api/v1").rstrip("/")


def meet(reach: Reach) -> None:
    """Return when an AstrBot with this API answers at `reach`. Raises Misdirected or Unready otherwise.

    It comes to an end: something may keep a client waiting byte by byte.
    """
    client = httpx.Client(transport=reach.transport(), timeout=min(reach.timeout, 10.0), follow_redirects=False)
    with within(max(3 * reach.timeout, SHORTEST)), client:
        answer = _look(client, reach.base, IM_BOTS.path)
        if not _is_envelope(answer):
            _explain(client, reach.base, answer)
        setup = _envelope_data(_look(client, reach.base, SETUP_STATUS))
        if setup.get("setup_required") is True:
            raise Unready(f"{reach.base}: its first-run set-up is unfinished; open it in a browser and finish it first")


def log_in(target: Target, username: str | None, password: Secret | None) -> Dashboard:
    """A session on the dashboard. Raises Misdirected or Unready where it is not granted."""
    base = target.reach.base
    if not username or password is None or not password.reveal():
        raise Misdirected("set ASTRBOT_USERNAME and ASTRBOT_PASSWORD to the login of the dashboard")
    try:
        return logged_in(target, username, password)
    except AskedTooOften:
        raise Unready(f"{base}: login is rate limited and stayed so; try again in a minute") from None
    except NotJudged as error:
        raise Unready(f"{base}: login failed: {error}") from None
    except LoginRefused as refused:
        raise _login_refused(base, refused) from None


def _login_refused(base: str, refused: LoginRefused) -> CannotBegin:
    answer = refused.answer
    if answer.status in (404, 405):
        return Unready(
            f"{base}: an AstrBot without this API ({answer.status} for the login); 4.26 is the first with it"
        )
    if answer.status in (400, 401, 403) or answer.is_error_envelope:
        return Misdirected(f"{base}: wrong ASTRBOT_USERNAME or ASTRBOT_PASSWORD ({answer.in_short})")
    if answer.is_accepted and isinstance(answer.data, dict) and isinstance(answer.data.get("token"), str):
        return Unready(f"{base}: the login returned no usable token: {USABLE}")
    if answer.is_accepted and isinstance(answer.json, dict):
        return Unready(f"{base}: login asks for more than a password; turn two-factor login off for the run")
    return Unready(f"{base}: the login returned {answer.in_short}")


def _look(client: httpx.Client, base: str, path: str) -> httpx.Response:
    """What is answered there. It is read no further than any answer of AstrBot goes."""
    for attempt in (1, 2):  # a kept connection may be closed by now
        try:
            with client.stream("GET", base + path) as answer:
                body = bytearray()
                for chunk in answer.iter_bytes():
                    body += chunk
                    if len(body) > LARGEST:
                        raise Unready(f"{base}: not AstrBot (no end of the answer for {path})")
                return httpx.Response(answer.status_code, headers=_plain(answer.headers), content=bytes(body))
        except (UnicodeError, httpx.InvalidURL):
            raise Misdirected(f"{base}: not an address; no host can be called so") from None
        except httpx.RequestError as error:
            if attempt == 1 and isinstance(error, httpx.RemoteProtocolError | httpx.ReadError):
                continue
            raise _no_answer(base, error) from None
    raise AssertionError("the second attempt ends")


def _plain(headers: httpx.Headers) -> list[tuple[str, str]]:
    """The headers without what says how the body was sent: it is decoded by now."""
    return [(name, value) for name, value in headers.items() if name not in ("content-encoding", "content-length")]


def _no_answer(base: str, error: httpx.RequestError) -> CannotBegin:
    said = str(error)
    if isinstance(error, httpx.DecodingError):
        return Unready(f"{base}: the answer is not compressed as it says; is there a broken proxy in front?")
    if isinstance(error, httpx.ConnectTimeout | httpx.ReadTimeout | httpx.WriteTimeout | httpx.PoolTimeout):
        return Misdirected(f"{base}: no answer in time; is it the right address, and awake?")
    if isinstance(error, httpx.ProxyError):
        return Misdirected(f"{base}: the proxy in the environment refuses; see HTTP_PROXY, HTTPS_PROXY and NO_PROXY")
    if "CERTIFICATE_VERIFY_FAILED" in said:
        return Misdirected(f"{base}: its TLS certificate is not trusted; add --ca FILE, or --insecure to accept it")
    if "SSL" in said or "TLS" in said or isinstance(error.__cause__, ssl.SSLError):
        return Misdirected(f"{base}: TLS fails; does it speak plain http:// on this port?")
    if isinstance(error, httpx.ConnectError):
        named = "Name or service" in said or "nodename" in said or "getaddrinfo" in said or "name resolution" in said
        why = "no host has that name" if named else "nothing listens there"
        return Misdirected(f"{base}: {why}; is AstrBot running, and is it the right port?")
    if "disconnected without" in said:
        return Unready(f"{base}: hangs up without an answer; does it speak https:// on this port?")
    return Unready(f"{base}: does not speak HTTP; does it speak https:// on this port?")


def _explain(client: httpx.Client, base: str, answer: httpx.Response) -> None:
    """Raise what best describes an `answer` that is not AstrBot's."""
    url = urlsplit(base)
    origin = f"{url.scheme}://{url.netloc}"
    if answer.is_redirect:
        there = urljoin(f"{base}{IM_BOTS.path}", answer.headers.get("location", "")).removesuffix(IM_BOTS.path)
        if there == base:
            raise Unready(f"{base}: redirects to itself; is there a broken proxy in front?")
        raise Misdirected(f"{base}: moved to {mask(there)}; give that address")
    if answer.status_code >= 500:
        raise Unready(f"{base}: answers {answer.status_code}; is the AstrBot behind it up?")
    if answer.status_code in (401, 403, 407) and not _is_envelope(answer):
        raise Unready(f"{base}: something in front asks for a login of its own ({answer.status_code})")
    if origin != base and _is_envelope(_look(client, origin, IM_BOTS.path)):
        raise Misdirected(f"{base}: wrong base path; AstrBot answers at {origin}")
    if _is_old_astrbot(client, base):
        raise Unready(f"{base}: an AstrBot without this API; 4.26 is the first with it")
    if "html" in answer.headers.get("content-type", "") and answer.status_code == 200:
        raise Unready(f"{base}: a web page answers in place of the API; wrong base path, or a proxy in front?")
    raise Unready(f"{base}: not AstrBot ({answer.status_code} for {IM_BOTS.path}); is it the right port and path?")


def _is_old_astrbot(client: httpx.Client, base: str) -> bool:
    return _is_envelope(_look(client, base, OLD_VERSION))


def _is_envelope(answer: httpx.Response) -> bool:
    """Whether the body is one of AstrBot's two envelopes, and says something other than that the path is unknown."""
    body = _json(answer)
    known = isinstance(body, dict) and body.get("status") in ("ok", "error") and "message" in body
    return known and answer.status_code in (200, 400, 401, 403, 422, 429)


def _envelope_data(answer: httpx.Response) -> dict[str, Any]:
    body = _json(answer)
    data = body.get("data") if isinstance(body, dict) else None
    return data if isinstance(data, dict) else {}


def _json(answer: httpx.Response) -> Any:
    try:
        return parsed(answer.content)
    except ValueError:
        return None
