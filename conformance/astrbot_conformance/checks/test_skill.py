"""SKILL-*: the files of a skill."""

from dataclasses import replace

from astrbot_conformance.contract import along
from astrbot_conformance.http.request import HttpRequest, with_text
from astrbot_conformance.http.target import Target
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.kind import ResourceClient
from astrbot_conformance.resources.kinds import SKILLS
from astrbot_conformance.resources.skill_sample import SKILL_FILE, skill_text
from astrbot_conformance.scenarios.journey import holds, request
from astrbot_conformance.verdict.finding import found
from astrbot_conformance.verdict.requirement import over, requirement

INTRUSION = "written from outside"


@requirement("SKILL-FILES")
@over(along("get_skill_file_by_name get_skill_file replace_skill_file_by_name replace_skill_file"))
def test_skill_files(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """The operations on one skill MUST NOT show or change a file outside that skill.

    The run created both skills.
    """
    skills = ResourceClient(SKILLS, target, keys.weakest("skill"), cleanup)
    with skills.kept(f"{keys.name}inside") as inside, skills.kept(f"{keys.name}outside") as outside:
        text = f"name: {outside}".encode()
        if text not in skills.shown(outside).body:
            raise NotJudged("the file of a skill is not shown")
        for wanted in _ways_out(inside, outside, every=target.options.is_cheap):
            response = target.send(wanted, skills.key)
            if response.is_accepted and (text in response.body or holds(response.data, outside)):
                found(response, expected="no file of another skill", actual="one")
        shown = skills.shown(outside)
        if text not in shown.body or INTRUSION.encode() in shown.body:
            found(shown, expected="the file of another skill as it was", actual="it was changed")


def _ways_out(inside: str, outside: str, *, every: bool) -> list[HttpRequest]:
    """Requests on the one skill that try to reach the other; two of them, or every one."""
    skill, there = {"skill_name": inside}, f"../{outside}/{SKILL_FILE}"
    text = skill_text(outside, INTRUSION)
    in_path = request("get_skill_file", file_path=there, **skill)
    writing = [
        request("replace_skill_file_by_name", body={**skill, "path": there, "content": text}),
        with_text(request("replace_skill_file", file_path=there, **skill), text),
    ]
    reading = [
        request("get_skill_file_by_name", path=there, **skill),
        request("get_skill_file_by_name", path=there.replace("/", "\\"), **skill),
        in_path,
        replace(in_path, path=in_path.path.replace("../", "%2e%2e%2f")),
        request("list_skill_files_by_name", path="..", **skill),
    ]
    return [*reading, *writing] if every else [reading[0], writing[0]]
