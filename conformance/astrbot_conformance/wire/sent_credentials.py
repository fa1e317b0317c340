"""Which credentials a request carries."""

from dataclasses import replace

from astrbot_conformance.wire.credential import Credential, CredentialState
from astrbot_conformance.wire.request import Key, Request

KEY_HEADERS = ("authorization", "x-api-key")


def credentials_of(request: Request, key: Key | None) -> tuple[Credential, ...]:
    """Every credential of `request` if it is sent with `key`; a single absent one if there is none.

    A text in a header for keys is one that the suite invented, so it is invalid.
    """
    keys = [*([key] if key else []), *(presented.key for presented in request.presented)]
    invented = [Credential(CredentialState.INVALID) for text in _texts(request) if text]
    return (*(one.credential for one in keys), *invented) or (Credential(CredentialState.ABSENT),)


def carries_invented_text(request: Request) -> bool:
    """Whether a header for keys carries a text that is no key, which a server may refuse for its form alone."""
    return any(_texts(request))


def without_credentials(request: Request) -> Request:
    """The same request without any credential."""
    headers = tuple(pair for pair in request.headers if pair[0].lower() not in KEY_HEADERS)
    return replace(request, headers=headers, presented=())


def _texts(request: Request) -> list[str]:
    values = [value for name, value in request.headers if name.lower() in KEY_HEADERS]
    return [value.removeprefix("Bearer").strip() for value in values]
