"""The grid says of each scope and operation what the checks of scopes showed, and no more."""

from astrbot_api.operations import CLOSED, KEYED
from astrbot_api.scopes import Scope, sufficient
from astrbot_conformance.report.grid import grid

from tests.conformance.report.samples import BOTS, BROKEN, SKILLS, SOUND, failed, finding, missed, passed, report

STATS = CLOSED[0]


def test_a_sound_server_opens_what_suffices_and_refuses_the_rest() -> None:
    """All nine scopes of every keyed and closed operation have their result."""
    rows = grid(SOUND)

    assert [row.operation for row in rows] == [o for o in (*KEYED, *CLOSED) if o.scope or o.closed_scope]
    for row in rows:
        opening = sufficient(row.operation.scope) if row.operation.scope else frozenset()
        assert {scope for scope, state in row.cells.items() if state == "allowed"} == opening
        assert {state for scope, state in row.cells.items() if scope not in opening} == {"refused"}


def test_a_leak_marks_the_scopes_that_got_in() -> None:
    """The others were asked by themselves and refused."""
    (bots,) = [row for row in grid(BROKEN) if row.operation is BOTS]

    assert bots.cells[Scope.PERSONA] == "leak"
    assert bots.cells[Scope.CHAT] == "refused"
    assert (bots.cells[Scope.BOT], bots.cells[Scope.CONFIG]) == ("allowed", "allowed")
    assert not bots.is_sound


def test_an_over_refusal_marks_the_scope_itself() -> None:
    """A sufficient key that was turned away."""
    (skills,) = [row for row in grid(BROKEN) if row.operation is SKILLS]

    assert skills.cells[Scope.SKILL] == "over-refused"
    assert {state for scope, state in skills.cells.items() if scope != Scope.SKILL} == {"refused"}


def test_an_implication_that_is_missing_is_an_over_refusal() -> None:
    """`config` has its own check; where that fails, its cell says so."""
    implied = failed(finding("SCOPE-IMPLIES", BOTS, scopes=("bot", "config", "provider")))
    (row,) = grid(report(implied, passed("SCOPE-REQUIRED", BOTS), passed("SCOPE-SUFFICIENT", BOTS)))

    assert row.cells[Scope.CONFIG] == "over-refused"
    assert row.cells[Scope.BOT] == "allowed"
    assert row.cells[Scope.PROVIDER] == "refused"


def test_an_implication_too_many_says_nothing_of_other_scopes() -> None:
    """The key that showed it holds two scopes; whether a third would get in was not asked."""
    implied = failed(finding("SCOPE-NOT-IMPLIED", SKILLS, scopes=("bot", "provider")))
    (row,) = grid(report(implied, missed("SCOPE-REQUIRED", SKILLS), passed("SCOPE-SUFFICIENT", SKILLS)))

    assert (row.cells[Scope.BOT], row.cells[Scope.PROVIDER]) == ("leak", "leak")
    assert row.cells[Scope.CHAT] == "not-judged"


def test_a_closed_operation_that_lets_a_key_in_leaks() -> None:
    """Its row shows every scope of the key."""
    (row,) = grid(report(failed(finding("SCOPE-CLOSED", STATS, scopes=tuple(Scope)))))

    assert set(row.cells.values()) == {"leak"}


def test_what_was_not_judged_is_no_row() -> None:
    """A check that could not judge, and requirements that are not about scopes, say nothing of scopes."""
    assert grid(report(missed("SCOPE-REQUIRED", BOTS), passed("SHAPE-BODY", SKILLS))) == []


def test_a_denial_in_other_words_is_no_leak() -> None:
    """401 in place of 403 is a finding, but nobody was let in."""
    odd = failed(finding("SCOPE-REQUIRED", BOTS, actual="401 `Unauthorized` in an error envelope"))
    (row,) = grid(report(odd, passed("SCOPE-SUFFICIENT", BOTS)))

    assert row.cells[Scope.PERSONA] == "refused"
    assert row.is_sound
