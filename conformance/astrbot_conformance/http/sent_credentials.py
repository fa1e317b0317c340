"""Which credentials a request carries."""

from dataclasses import replace

from astrbot_conformance.http.credential import Credential, CredentialState
from astrbot_conformance.http.key import Key
from astrbot_conformance.http.request import HttpRequest

KEY_HEADERS = ("authorization", "x-api-key")


def credentials_of(request: HttpRequest, key: Key | None) -> tuple[Credential, ...]:
    """Every credential of `request` if it is sent with `key`; a single absent one if there is none.

    A text in a header for keys is one that the suite invented, so it is invalid.
    """
    keys = [*([key] if key else []), *(presented.key for presented in request.presented)]
    invented = [Credential(CredentialState.INVALID) for text in _texts(request) if text]
    return (*(one.credential for one in keys), *invented) or (Credential(CredentialState.ABSENT),)


def carries_invented_text(request: HttpRequest) -> bool:
    """Whether a header for keys carries a text that is no key, which a server may refuse for its form alone."""
    return any(_texts(request))


def without_credentials(request: HttpRequest) -> HttpRequest:
    """The same request without any credential."""
    headers = tuple(pair for pair in request.headers if pair[0].lower() not in KEY_HEADERS)
    return replace(request, headers=headers, presented=())


def _texts(request: HttpRequest) -> list[str]:
    values = [value for name, value in request.headers if name.lower() in KEY_HEADERS]
    return [value.removeprefix("Bearer").strip() for value in values]
