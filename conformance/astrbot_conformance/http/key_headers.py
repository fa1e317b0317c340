"""Which of the two headers carries a key if either is accepted. The choice alternates.

The checks thus cover both headers without additional requests.
"""

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.contract import read_of_each_scope
from astrbot_conformance.http.key import Key, KeyHeader
from astrbot_conformance.http.request import HttpRequest
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.http.target import Target


def key_header_at(turn: int) -> KeyHeader:
    """One of the two headers, in turn."""
    return tuple(KeyHeader)[turn % len(KeyHeader)]


def key_header_on(operation: Operation, contract: Contract, seed: int, target: Target) -> KeyHeader:
    """The header for a key that `operation` must reject. It is the same in every check of a run.

    One read of each scope uses the usual header, because those checks compare both headers anyway.
    """
    if operation in read_of_each_scope(contract).values():
        return target.key_header
    return key_header_at(contract.keyed.index(operation) + seed)


def denied(request: HttpRequest, key: Key, target: Target, key_header: KeyHeader) -> HttpResponse:
    """The response to an insufficient key. Uses the usual header if the other is ignored; see AUTH-HEADER."""
    response = target.send_once(request, key, key_header)
    return (
        target.send_once(request, key) if response.status == 401 and key_header is not target.key_header else response
    )
