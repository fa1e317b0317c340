"""Sample reports for the tests of all report formats."""

import base64
from typing import get_args

from astrbot_api import releases
from astrbot_api.operations import BY_ID, CLOSED, KEYED
from astrbot_api.scopes import IMPLIES, Scope
from astrbot_conformance.verdict.finding import Finding
from astrbot_conformance.verdict.judgement import Judgement, Report
from astrbot_conformance.verdict.known import Deviation
from astrbot_conformance.verdict.picture import LANGUAGES, Picture, Shows

BOTS, SKILLS, CHAT = BY_ID["list_bots"], BY_ID["list_skills"], BY_ID["chat"]
HOSTILE = "<script>document.title='owned'</script> & \"quoted\" | `ticked` ``` \x1b[2J\x07 \ud800 中文"


def report(
    *judgements: Judgement,
    trouble: str | None = None,
    strict: bool = False,
    known: tuple[Deviation, ...] = (),
    pictures: tuple[Picture, ...] = (),
    selection: tuple[str, ...] = (),
) -> Report:
    """A report with these judgements."""
    return Report(
        url="http://127.0.0.1:6185",
        release="4.26.0b8",
        contract=releases.contract(),
        run="0a1b2c3d",
        seed=7,
        effects="write",
        seconds=12.34,
        requests=702,
        keyed_requests=640,
        strict=strict,
        known=known,
        judgements=judgements,
        pictures=pictures,
        selection=selection,
        trouble=trouble,
    )


def finding(requirement: str, operation: object, **given: object) -> Finding:
    """A finding of that requirement on that operation."""
    members: dict[str, object] = {
        "expected": "403 `Insufficient API key scope` in an error envelope",
        "actual": "200 `application/json`",
        "curl": 'curl -sS -i http://127.0.0.1:6185/api/v1/bots -H "Authorization: Bearer $ASTRBOT_KEY_PERSONA"',
        "response": '{"status": "ok", "message": null, "data": {"bots": []}}',
        "check": f"test_{requirement.lower().replace('-', '_')}[{operation}]",
        "request": "GET http://127.0.0.1:6185/api/v1/bots\nAuthorization: Bearer $ASTRBOT_KEY_PERSONA",
    }
    return Finding(operation=str(operation), requirement=requirement, **(members | given))  # type: ignore[arg-type]


def failed(violation: Finding) -> Judgement:
    """The judgement with that finding."""
    requirement, check, operation = violation.requirement, violation.check, violation.operation
    return Judgement(requirement, check, operation, "failed", "expected this, got that", finding=violation)


def passed(requirement: str, operation: object) -> Judgement:
    """A judgement of a check without a finding."""
    name = requirement.lower().replace("-", "_")
    return Judgement(requirement, f"test_{name}[{operation}]", str(operation), "passed", seconds=0.01)


def missed(requirement: str, operation: object, reason: str = "the target does not serve it") -> Judgement:
    """A judgement of a check that could not judge."""
    return Judgement(requirement, f"test_x[{operation}]", str(operation), "not-judged", reason)


SOUND = report(
    *(passed("SCOPE-SUFFICIENT", operation) for operation in KEYED),
    *(passed("SCOPE-REQUIRED", operation) for operation in KEYED),
    *(passed("SCOPE-IMPLIES", operation) for operation in KEYED if operation.scope in IMPLIES[Scope.CONFIG]),
    *(passed("SCOPE-CLOSED", operation) for operation in CLOSED),
)
LEAK = failed(finding("SCOPE-REQUIRED", BOTS, scopes=("persona",)))
OVER_REFUSED = failed(finding("SCOPE-SUFFICIENT", SKILLS, scopes=("skill",), actual="403 `Insufficient API key scope`"))
SHOULD = failed(finding("MSG-TYPES", CHAT, level="SHOULD", expected=HOSTILE, actual=HOSTILE, response=HOSTILE))
DOT = base64.b64decode(  # a picture of a single dot
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
BROKEN = report(
    LEAK,
    passed("SCOPE-SUFFICIENT", BOTS),
    passed("SCOPE-IMPLIES", BOTS),
    OVER_REFUSED,
    passed("SCOPE-REQUIRED", SKILLS),
    SHOULD,
    missed("MSG-EMPTY", CHAT),
    passed("DOC-UI", BY_ID["get_docs_page"]),
)
KNOWN = report(
    *(judgement for judgement in BROKEN.judgements if judgement.status != "not-judged"),
    known=(
        Deviation("SCOPE-REQUIRED", str(BOTS), "issue 12 <b>"),
        Deviation("SCOPE-SUFFICIENT", str(SKILLS), "issue 13"),
        Deviation("DOC-UI", None, "fixed since then"),
    ),
)
SEEN = report(
    passed("UI-SCOPES", "web UI in English"),
    failed(finding("UI-SCOPES", "web UI in Chinese", level="SHOULD", check="test_ui_scopes[zh]", curl="", request="")),
    pictures=tuple(Picture(language, shows, DOT) for language in LANGUAGES for shows in get_args(Shows)),
)
CUT_SHORT = report(passed("DOC-UI", BOTS), missed("IM-BOTS", BOTS), trouble="the run was interrupted")
EMPTY = report()
NARROWED = report(passed("SCOPE-REQUIRED", BOTS), selection=("--requirement SCOPE-REQUIRED", f"-k '{HOSTILE}'"))
SAMPLES = {
    "sound": SOUND,
    "broken": BROKEN,
    "known": KNOWN,
    "seen": SEEN,
    "cut short": CUT_SHORT,
    "empty": EMPTY,
    "narrowed": NARROWED,
}
