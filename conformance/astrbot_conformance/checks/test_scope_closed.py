"""SCOPE-CLOSED: no developer key is authorized for a closed operation."""

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.astrbot_operations import CREATE_KEY
from astrbot_conformance.contract import closed, read_of_each_scope
from astrbot_conformance.http import KeyHeader, Target, harmless
from astrbot_conformance.http.key_headers import key_header_at
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.keys.rejection import expect_rejected
from astrbot_conformance.verdict.requirement import for_each, over, requirement


@requirement("SCOPE-CLOSED")
@over(closed)
def test_scope_closed(operation: Operation, target: Target, keys: KeyRing, contract: Contract) -> None:
    """Send a key with all scopes, and expect 403; without a key, expect 401.

    If requests are expensive, the two headers take turns among the operations of a tag. The control: the key with all
    scopes works on other operations.
    """
    request = harmless(operation)
    expect_rejected(target.must_serve(request), contract)

    of_tag = [other for other in contract.closed if other.tag == operation.tag]
    in_both = target.options.is_cheap or operation.tag == CREATE_KEY.tag or len(of_tag) == 1
    for key_header in KeyHeader if in_both else [key_header_at(of_tag.index(operation))]:
        response = target.send_once(request, keys.all_scopes(), key_header)
        expect_rejected(response, contract, status=403)
    keys.must_be_live(keys.all_scopes(), target)


@requirement("SCOPE-CLOSED")
@for_each("scope", lambda contract: contract.scopes)
@over(closed)
def test_scope_closed_to_each_scope(
    scope: str, target: Target, keys: KeyRing, exploration: Exploration, contract: Contract
) -> None:
    """Send a key with a single scope to a closed operation of each area, and expect 403.

    If requests are expensive, each scope tries one operation. The control: the key works on an operation of its scope.
    """
    key, areas = keys.holding(scope), sorted({str(operation.closed_scope) for operation in contract.closed})
    turn = contract.scopes.index(scope)
    for area in areas if target.options.is_cheap else [areas[turn % len(areas)]]:
        within = [o for o in contract.closed if o.closed_scope == area and not harmless(o).risk]
        request = harmless(exploration.choose(scope, within)[0])
        expect_rejected(target.must_serve(request), contract)
        for key_header in KeyHeader if target.options.is_cheap else [key_header_at(turn)]:
            expect_rejected(target.send_once(request, key, key_header), contract, status=403)
    target.must_admit(harmless(read_of_each_scope(contract)[scope]), key)
