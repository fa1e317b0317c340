"""Required rejections of a credential. The finding names the credential that the request carried."""

from collections.abc import Collection
from typing import NoReturn

from astrbot_api.contract import Contract

from astrbot_conformance.contract import grantable
from astrbot_conformance.http import CredentialState, HttpResponse, Key
from astrbot_conformance.http.sent_credentials import KEY_HEADERS
from astrbot_conformance.keys.key_ring import UNKNOWN
from astrbot_conformance.verdict.finding import fail

MOST_MISSING = 4  # scopes that are named as missing; if more are missing, the scopes of the key are named


def expect_rejected(
    response: HttpResponse, contract: Contract, *, status: int | Collection[int] = 401, message: str | None = None
) -> None:
    """Raise FindingRaised unless the credential is rejected with one of `status`, and with any given `message`."""
    statuses = [status] if isinstance(status, int) else sorted(status)
    has_message = message is None or (response.is_error_envelope and response.message == message)
    if response.status in statuses and has_message:
        return
    shown = "" if message is None else f" `{message}` in an error envelope"
    fail(response, expected=f"{' or '.join(map(str, statuses))}{shown} for {sent_credential(response, contract)}")


def sent_credential(response: HttpResponse, contract: Contract) -> str:
    """The credential of a request as text: a request without a key, a revoked key, a key with all scopes."""
    if response.key:
        return in_words(response.key, contract)
    texts = [value for name, value in response.request.headers if name.lower() in KEY_HEADERS]
    if not texts:
        return "a request without a key"
    text = texts[0].removeprefix("Bearer").strip()
    return f"the invalid key `{text}`" if text else "an empty key"


def no_effect_of(response: HttpResponse) -> str:
    """What a finding expects of a rejected request: no effect. Names the credential that was sent."""
    if response.key is None:
        return "no effect of a rejected request without a key"
    if response.key.state is CredentialState.LIVE:
        return f"no effect of a rejected request with a key without the scope `{response.request.operation.scope}`"
    return f"no effect of a rejected request with {_state(response.key)}"


def fail_for_effect(response: HttpResponse, effect: str) -> NoReturn:
    """Raise FindingRaised: the request of `response` was rejected, but had an effect."""
    fail(response, expected=no_effect_of(response), actual=f"{response.in_short}, but {effect}")


def in_words(key: Key, contract: Contract) -> str:
    """A key as text: its state, or its scopes if it is live."""
    if key.state is CredentialState.INVALID or key.state.is_dead:
        return _state(key)
    return f"a key with {scopes_in_words(key.scopes, contract)}"


def _state(key: Key) -> str:
    if key.state is CredentialState.INVALID:
        how = key.variable.removeprefix("ASTRBOT_KEY_").lower().replace("_", " ")
        return "an unknown key" if key.variable == UNKNOWN else f"an invalid key (a valid one, {how})"
    return f"{'an' if key.state is CredentialState.EXPIRED else 'a'} {key.state.value} key"


def scopes_in_words(scopes: Collection[str], contract: Contract) -> str:
    """The scopes of a key as text: all scopes, all scopes except a few, or the scopes one by one."""
    held = [scope for scope in grantable(contract) if scope in contract.closure(scopes)]
    missing = [scope for scope in grantable(contract) if scope not in held]
    if not missing:
        return "all scopes"
    if len(missing) <= MOST_MISSING:
        return f"all scopes except {_listed(missing)}"
    named = [scope for scope in grantable(contract) if scope in scopes]
    return f"the scope{'' if len(named) == 1 else 's'} {_listed(named)}" if named else "no scopes"


def _listed(scopes: list[str]) -> str:
    *others, last = (f"`{scope}`" for scope in scopes)
    return f"{', '.join(others)} and {last}" if others else last
