"""The catalogue: which checks run, in which order, and which run only because another judges their responses."""

from astrbot_api import releases
from astrbot_conformance.engine.catalogue import Catalogue, Check, stage_of
from astrbot_conformance.engine.selection import Selection
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.verdict.requirement import marks_of

CONTRACT = releases.contract(releases.BASE)


def catalogue(**selection: frozenset[str]) -> Catalogue:
    """The catalogue of the base release on a disposable target."""
    options = TargetOptions(base="http://127.0.0.1:9", disposable=True, effects="destructive")
    return Catalogue(CONTRACT, (), options, Selection(1, **selection))  # type: ignore[arg-type]


def requirements_of(checks: list[Check]) -> set[str]:
    """The requirements of these checks."""
    return {check.requirement.id for check in checks}


def test_names_are_unique_and_turns_follow_each_other() -> None:
    """A report and a replay name a check; the checks that wait for all others come last."""
    checks = catalogue().selected()

    assert len({check.name for check in checks}) == len(checks) > 3000
    turns = [(marks_of(c.function).is_afterwards, stage_of(c), marks_of(c.function).turn) for c in checks]
    assert turns == sorted(turns)
    assert {turn for *_, turn in turns} == {0, 1, 2}


def test_authorization_is_judged_first() -> None:
    """Rejections of every operation, then owners; the effects of rejected requests come last of these checks."""
    checks = [check for check in catalogue().selected() if not marks_of(check.function).turn]
    order = list(dict.fromkeys(check.requirement.id for check in checks))

    assert set(order[:3]) == {"AUTH-REQUIRED", "SCOPE-REQUIRED", "SCOPE-CLOSED"}
    critical = {name for name in order if name.startswith(("AUTH-", "SCOPE-")) or name.endswith("-OWNER")}
    assert set(order[: len(critical)]) == critical
    assert order[len(critical) - 1] == "SCOPE-NO-EFFECT"


def test_a_passive_requirement_runs_the_checks_whose_responses_it_judges() -> None:
    """Alone it sees the same responses as in a full run; nothing runs beside other requirements."""
    passive, active = (catalogue(requirements=frozenset({name})) for name in ("SHAPE-ENVELOPE", "SCOPE-REQUIRED"))

    observed = passive.observed_by(passive.selected())

    assert requirements_of(passive.selected()) == {"SHAPE-ENVELOPE"}
    assert {"MSG-TYPES", "JOURNEY-BOT", "ROBUST-INPUT"} <= requirements_of(observed)
    assert not {check.name for check in observed} & {check.name for check in passive.selected()}
    assert active.observed_by(active.selected()) == []


def test_an_operation_narrows_what_is_observed() -> None:
    """Checks of other operations do not run."""
    narrowed = catalogue(requirements=frozenset({"SHAPE-BODY"}), operations=frozenset({"list_im_bots"}))

    observed = narrowed.observed_by(narrowed.selected())

    assert observed
    assert all("list_im_bots" in {operation.id for operation in check.about} for check in observed)


def test_a_check_that_is_named_runs_alone() -> None:
    """A replay repeats exactly the checks that a report names."""
    (name, *_) = (check.name for check in catalogue(requirements=frozenset({"SHAPE-BODY"})).selected())
    by_name = catalogue(checks=frozenset({name}))

    assert [check.name for check in by_name.selected()] == [name]
    assert by_name.observed_by(by_name.selected()) == []
