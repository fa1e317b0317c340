"""SCOPE-NO-EFFECT on requests that are rejected for their values, although the key has the required scope."""

from astrbot_api.operation import Operation

from astrbot_conformance.contract import along
from astrbot_conformance.http import Target
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.kind import UNCHANGED
from astrbot_conformance.resources.kinds import client_of
from astrbot_conformance.verdict.finding import fail
from astrbot_conformance.verdict.requirement import over, requirement


@requirement("SCOPE-NO-EFFECT")
@over(along("update_persona"))
def test_scope_no_effect_of_half_dialogs(operation: Operation, target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Change a persona with one valid and one invalid member, and expect that the valid member is not stored."""
    if not target.options.is_cheap:
        raise NotJudged(f"{operation}: judged only on a fast server, or with --effects destructive", by_choice=True)
    client, mark = client_of("persona", target, keys, cleanup), f"{keys.name}half"
    with client.temporary(f"{mark}-dialog") as id:
        body = {"system_prompt": f"{mark}-prompt", "begin_dialogs": ["a question without its answer"]}
        response = target.send(client.kind.changing(operation, id, body), client.key)
        shown = client.shown(id)
    if not response.is_refusal:
        raise NotJudged(f"{operation}: accepts a dialog with a question but without an answer")
    if f"{mark}-prompt".encode() in shown.body:
        fail(response, expected=UNCHANGED, actual=f"{response.in_short}, but the persona was changed")
