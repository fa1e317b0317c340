"""NO-SECRETS: credentials that no response may contain, whichever check sent the request."""

from astrbot_api.operation import Operation

from astrbot_conformance.astrbot_credentials import shows_no_secret
from astrbot_conformance.contract import keyed_and_closed
from astrbot_conformance.http import Target
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.passive.observations import Observations
from astrbot_conformance.verdict.requirement import afterwards, over, requirement


@requirement("NO-SECRETS")
@over(keyed_and_closed)
@afterwards
def test_no_secrets(operation: Operation, target: Target, keys: KeyRing, observations: Observations) -> None:
    """Report a response of the operation, to any request of the run, that shows such a credential to a key."""
    observations.ensure_probed(operation, target, keys)
    observations.raise_result(
        shows_no_secret, operation, by_choice=True
    )  # SHAPE-BODY reports why there was no such response
