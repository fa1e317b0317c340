"""PATH-ID: which of two things a request means whose path names one and whose body the other."""

from astrbot_api.operations import Operation

from astrbot_conformance.belongings import Belongings
from astrbot_conformance.finding import NotJudged, found
from astrbot_conformance.key_ring import KeyRing
from astrbot_conformance.kinds import KINDS
from astrbot_conformance.requirement import over, requirement
from astrbot_conformance.target import Target

BEFORE, AFTER = "as it was made", "as it was changed"
KIND_OF = {kind.change: kind for kind in KINDS}


@requirement("PATH-ID")
@over(tuple(KIND_OF))
def test_path_id(operation: Operation, target: Target, keys: KeyRing, belongings: Belongings) -> None:
    """The id in the path decides which resource is touched, whatever the body says.

    Two things of the run's own: the path names the one, the body the other, in each member that could be an id.
    """
    kind, key = KIND_OF[operation], keys.weakest(operation.scope)
    named = [f"{keys.name}path-{word}" for word in ("one", "other")]
    meant, other = (kind.made(name, BEFORE, target, key, belongings) for name in named)

    body = kind.body(f"{keys.name}path-one", AFTER) | dict.fromkeys(kind.names, other)
    answer = target.send(kind.changing(meant, body), key)

    bystander = kind.shown(other, target.send(kind.reading(other), key))
    if bystander is None or AFTER in bystander:
        found(answer, expected=f"the {kind.noun} in the body left alone", actual="it was changed")
    if answer.status >= 500:
        raise NotJudged(f"{operation}: answers {answer.in_short}")
    if not answer.is_accepted:
        return
    touched = kind.shown(meant, target.send(kind.reading(meant), key))
    if touched is not None and AFTER not in touched:
        found(answer, expected=f"the {kind.noun} in the path changed, or a refusal", actual="it is as it was")
