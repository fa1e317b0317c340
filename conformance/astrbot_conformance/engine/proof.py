"""What a run has to observe before a check without findings counts as passed.

A server that rejects everything, or gives every request the same response, meets many requirements by accident. So a
check about operations that require a key counts only if at least one of them succeeded with a key.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.keys.dashboard import needs_no_key
from astrbot_conformance.passive.observations import Seen
from astrbot_conformance.verdict.judgement import Judgement

UNSERVED = "no operation did what a key asked for"


def needs_service(about: Sequence[Operation]) -> bool:
    """Whether a check about these operations proves nothing unless some operation succeeded with a key."""
    return not all(map(needs_no_key, about))


def proven(judgements: Iterable[Judgement], seen: Seen, contract: Contract) -> Iterator[Judgement]:
    """The judgements as far as the run proves them: a check that passed by accident is not judged.

    A passive check that passed also shows whether its operation succeeded for a request in the plain form. Otherwise it
    saw only rejections, or responses of other operations that a request in another form reached.
    """
    is_served = seen.serves_a_key or not seen.shows_a_key
    served = {str(contract.by_id[name]) for name in seen.served if name in contract.by_id}
    for one in judgements:
        if one.status == "passed" and one.needs_service and not is_served:
            yield replace(one, status="not-judged", reason=UNSERVED)
        elif one.is_passive:
            yield replace(one, reached=one.operation is None or one.operation in served)
        else:
            yield one
