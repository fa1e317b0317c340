"""PATH-ID: which of two things a request means whose path names one and whose body the other."""

from astrbot_api.operation import Operation

from astrbot_conformance.belongings import Belongings
from astrbot_conformance.families import FAMILIES
from astrbot_conformance.family import Household
from astrbot_conformance.finding import NotJudged, found
from astrbot_conformance.key_ring import KeyRing
from astrbot_conformance.requirement import over, requirement
from astrbot_conformance.target import Target

BEFORE, AFTER = "as it was made", "as it was changed"
FAMILY_OF = {family.change: family for family in FAMILIES if family.change and family.named and family.speaks_json}


@requirement("PATH-ID")
@over(tuple(FAMILY_OF))
def test_path_id(operation: Operation, target: Target, keys: KeyRing, belongings: Belongings) -> None:
    """The id in the path decides which resource is touched, whatever the body says.

    Two things of the run's own: the path names the one, the body the other, in each member that could be an id.
    """
    family = FAMILY_OF[operation]
    household = Household(family, target, keys.weakest(operation.scope), belongings)
    meant, other = (household.made(f"{keys.name}path-{word}", BEFORE) for word in ("one", "other"))

    body = family.content(f"{keys.name}path-one", AFTER) | dict.fromkeys(family.named, other)
    answer = target.send(family.changing(operation, meant, body), household.key)

    bystander = household.seen(other)
    if bystander is None or AFTER in bystander:
        found(answer, expected=f"the {family.noun} in the body left alone", actual="it was changed")
    if answer.status >= 500:
        raise NotJudged(f"{operation}: answers {answer.in_short}")
    if not answer.is_accepted:
        return
    touched = household.seen(meant)
    if touched is not None and AFTER not in touched:
        found(answer, expected=f"the {family.noun} in the path changed, or a refusal", actual="it is as it was")
