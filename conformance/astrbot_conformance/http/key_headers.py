"""In which of the two headers a key is shown where either has to do: in one here, in the other there.

So both are tried all over, at the cost of one.
"""

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.contract import read_of_each_scope
from astrbot_conformance.http.key import Key, KeyHeader
from astrbot_conformance.http.request import HttpRequest
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.http.target import Target


def key_header_at(turn: int) -> KeyHeader:
    """One header after the other."""
    return tuple(KeyHeader)[turn % len(KeyHeader)]


def key_header_on(operation: Operation, contract: Contract, seed: int, target: Target) -> KeyHeader:
    """The header in which a key that is to be turned away from `operation` is shown, in every check of a run.

    On one read of each scope the usual one: both are compared there anyway.
    """
    if operation in read_of_each_scope(contract).values():
        return target.key_header
    return key_header_at(contract.keyed.index(operation) + seed)


def denied(request: HttpRequest, key: Key, target: Target, key_header: KeyHeader) -> HttpResponse:
    """What an insufficient key is answered; in the usual header where the other is not looked at, see AUTH-HEADER."""
    response = target.send_once(request, key, key_header)
    return (
        target.send_once(request, key) if response.status == 401 and key_header is not target.key_header else response
    )
