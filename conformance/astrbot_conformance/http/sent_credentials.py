"""The credentials that a request carries."""

from dataclasses import replace

from astrbot_conformance.http.credential import Credential, CredentialState
from astrbot_conformance.http.key import Key
from astrbot_conformance.http.request import HttpRequest

KEY_HEADERS = ("authorization", "x-api-key")


def credentials_of(request: HttpRequest, key: Key | None) -> tuple[Credential, ...]:
    """Every credential of `request` if it is sent with `key`. A single absent credential if there is none.

    The suite invents the plain texts in key headers, so they are invalid credentials.
    """
    keys = [*([key] if key else []), *(presented.key for presented in request.presented)]
    invented = [Credential(CredentialState.INVALID) for text in _texts(request) if text]
    return (*(one.credential for one in keys), *invented) or (Credential(CredentialState.ABSENT),)


def carries_invented_text(request: HttpRequest) -> bool:
    """Whether a key header carries a text that is not a key. A server may reject such a text for its form alone."""
    return any(_texts(request))


def without_credentials(request: HttpRequest) -> HttpRequest:
    """The same request without any credential."""
    headers = tuple(pair for pair in request.headers if pair[0].lower() not in KEY_HEADERS)
    return replace(request, headers=headers, presented=())


def _texts(request: HttpRequest) -> list[str]:
    values = [value for name, value in request.headers if name.lower() in KEY_HEADERS]
    return [value.removeprefix("Bearer").strip() for value in values]
