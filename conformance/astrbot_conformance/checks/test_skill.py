"""SKILL-*: the files of a skill."""

from dataclasses import replace

from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.contract import along
from astrbot_conformance.http import HttpRequest, Target, with_text
from astrbot_conformance.json_value import holds
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.kinds import client_of
from astrbot_conformance.resources.skill_sample import SKILL_FILE, skill_text
from astrbot_conformance.verdict.finding import fail
from astrbot_conformance.verdict.requirement import over, requirement

INTRUSION = "written from outside"


@requirement("SKILL-FILES")
@over(along("get_skill_file_by_name get_skill_file replace_skill_file_by_name replace_skill_file"))
def test_skill_files(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Try to read and change a file of one skill by the operations on another, with paths that lead out of it.

    No response may show the file, and it must stay unchanged. The run created both skills.
    """
    skills = client_of("skill", target, keys, cleanup)
    with skills.temporary(f"{keys.name}inside") as inside, skills.temporary(f"{keys.name}outside") as outside:
        text = f"name: {outside}".encode()
        if text not in skills.shown(outside).body:
            raise NotJudged("the target does not show the file of a skill")
        for attempt in _paths_out(inside, outside, every=target.options.is_cheap):
            response = target.send(attempt, skills.key)
            if response.is_accepted and (text in response.body or holds(response.data, outside)):
                expected = "the response not to show a file of another skill"
                fail(response, expected=expected, actual="it shows one")
        shown = skills.shown(outside)
        if text not in shown.body or INTRUSION.encode() in shown.body:
            fail(shown, expected="the file of another skill to be unchanged", actual="it was changed")


def _paths_out(inside: str, outside: str, *, every: bool) -> list[HttpRequest]:
    """Requests on the one skill that try to reach the other; two of them, or every one."""
    skill, path = {"skill_name": inside}, f"../{outside}/{SKILL_FILE}"
    text = skill_text(outside, INTRUSION)
    in_path = request("get_skill_file", file_path=path, **skill)
    writing = [
        request("replace_skill_file_by_name", body={**skill, "path": path, "content": text}),
        with_text(request("replace_skill_file", file_path=path, **skill), text),
    ]
    reading = [
        request("get_skill_file_by_name", path=path, **skill),
        request("get_skill_file_by_name", path=path.replace("/", "\\"), **skill),
        in_path,
        replace(in_path, path=in_path.path.replace("../", "%2e%2e%2f")),
        request("list_skill_files_by_name", path="..", **skill),
    ]
    return [*reading, *writing] if every else [reading[0], writing[0]]
