"""SCOPE-SECRETS: secrets of one scope in the responses to keys with other scopes, whichever check sent the request."""

from astrbot_api.operation import Operation

from astrbot_conformance.astrbot_credentials import shows_no_planted_secret
from astrbot_conformance.contract import keyed
from astrbot_conformance.http import Target
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.passive.observations import Observations
from astrbot_conformance.resources.canaries import Canaries
from astrbot_conformance.verdict.requirement import afterwards, over, requirement


@requirement("SCOPE-SECRETS")
@over(keyed)
@afterwards
def test_scope_secrets(
    operation: Operation, target: Target, keys: KeyRing, observations: Observations, canaries: Canaries
) -> None:
    """Report a response of the operation, to any request of the run, that shows a secret of another scope.

    The run plants a secret in a provider, a bot, a persona and other resources before the first check.
    """
    if not canaries.secrets:
        raise NotJudged(canaries.reason, by_choice=canaries.by_choice)
    observations.ensure_probed(operation, target, keys)
    observations.raise_result(shows_no_planted_secret, operation, by_choice=True)
