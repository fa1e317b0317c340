"""Contracts that a server on this machine publishes. Other machines are never contacted."""

from __future__ import annotations

from http.client import HTTPException
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, build_opener

from astrbot_generator.errors import ContractError
from astrbot_generator.gate.document import Document, load_copy
from astrbot_generator.source_files import LARGEST_FILE

_SECONDS = 10


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Does not follow redirects, because they could lead to another machine."""


def published(address: str) -> Document:
    """Returns the document that a server on this machine publishes.

    Raises ContractError for other machines, and if the server does not return an OpenAPI document.
    """
    if not _is_here(address):
        raise ContractError.at(address, "leads to the network", "download it and name the file")
    text = _text(address)
    with TemporaryDirectory(prefix="astrbot-contract-") as folder:
        file = Path(folder).resolve() / "published"
        file.write_bytes(text)
        return load_copy(file, address, tolerant=True)


def _is_here(address: str) -> bool:
    try:
        name = urlsplit(address).hostname or ""
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False


def _text(address: str) -> bytes:
    opener = build_opener(ProxyHandler({}), _NoRedirects())
    try:
        with opener.open(address, timeout=_SECONDS) as answer:
            text = bytes(answer.read(LARGEST_FILE + 1))
    except HTTPError as error:
        raise ContractError.at(address, f"returned {error.code}", "use the URL of its OpenAPI document") from None
    except (URLError, HTTPException, OSError, ValueError) as error:
        wrong = f"no response: {getattr(error, 'reason', error)}"
        raise ContractError.at(address, wrong, "start the server, or name a file") from None
    if len(text) > LARGEST_FILE:
        raise ContractError.at(address, f"larger than {LARGEST_FILE >> 20} MiB", "name a file")
    return text
