"""Whether the server authorizes an insufficient key because of a scope that implies others."""

from collections.abc import Callable
from functools import partial

from astrbot_conformance.http import HttpRequest, Key, KeyHeader, Target
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import if_judged


def comes_from_implication(request: HttpRequest, target: Target, keys: KeyRing, key_header: KeyHeader) -> bool:
    """Whether the server authorizes an insufficient key only if it holds a scope of an implication."""
    scope = request.operation.scope
    if scope is None or not enters(request, partial(keys.implicated_without, scope), target, key_header):
        return False
    return not enters(request, partial(keys.unrelated_without, scope), target, key_header)


def enters(request: HttpRequest, key: Callable[[], Key], target: Target, key_header: KeyHeader) -> bool:
    """Whether the server authorizes that key. False if there is no such key, because then it explains nothing."""
    response = if_judged(lambda: target.send_once(request, key(), key_header))
    return response is not None and response.admits
