"""What the first requests with a key show: the header in which the target accepts keys, and its speed."""

import contextlib

from astrbot_conformance.astrbot_operations import IM_BOTS
from astrbot_conformance.http import KeyHeader, Target, harmless
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged

QUICK = 0.01  # seconds; hashing a key takes about 25 ms on AstrBot


def find_key_header(target: Target, keys: KeyRing) -> None:
    """Find the header in which the target accepts keys, so that a target that ignores the usual header can be judged.

    The first request has no key, as at first contact: from here on every response is inspected.
    """
    request = harmless(IM_BOTS)
    with contextlib.suppress(NotJudged):
        target.send_once(request)
        key = keys.weakest(IM_BOTS.scope)
        if not target.send_once(request, key, KeyHeader.BEARER).admits:
            admits = target.send_once(request, key, KeyHeader.HEADER).admits
            target.key_header = KeyHeader.HEADER if admits else KeyHeader.BEARER


def answers_quickly(target: Target, keys: KeyRing) -> bool:
    """Whether a request with a key takes less time than a real AstrBot needs for its hash alone."""
    request = harmless(IM_BOTS)
    with contextlib.suppress(NotJudged):
        key = keys.weakest(IM_BOTS.scope)
        seconds = target.send_once(request, key).seconds
        for _ in range(2):  # the first one may take longer
            if QUICK <= seconds < 3 * QUICK:
                seconds = target.send(request, key).seconds
        return seconds < QUICK
    return False
