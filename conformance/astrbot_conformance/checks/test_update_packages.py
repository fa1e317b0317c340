"""UPDATE-EXACT on skills and MCP servers."""

from typing import Any

from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.contract import along
from astrbot_conformance.http import HttpRequest, Target, with_file, with_text
from astrbot_conformance.inputs.values import TEXT
from astrbot_conformance.json_value import part
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.kinds import kind_of, mcp_servers
from astrbot_conformance.resources.skill_sample import SKILL_FILE, skill_archive, skill_text
from astrbot_conformance.scenarios.entries import Entries, listed
from astrbot_conformance.scenarios.updates import Effect, Read, Updates
from astrbot_conformance.verdict.requirement import over, requirement

WORDS = "words.txt"
FILE, SERVER = "file", "MCP server"


@requirement("UPDATE-EXACT")
@over(along("upload_skill list_skills get_skill_file replace_skill_file set_skill_enabled delete_skill"))
def test_update_skills(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Replace a file of a skill, also with an empty one, switch the skill off and on, and remove it.

    Only that file or that state must change. The other file and a second skill must stay the same.
    """
    if not target.options.is_cheap:
        raise NotJudged("skills: judged only on a fast server, or with --effects destructive", by_choice=True)
    kind = kind_of("skill", keys.contract)
    updates = Updates(target, keys.weakest(kind.scope), cleanup, keys, kind.slug)
    names = [f"{updates.mark}-{end}" for end in ("one", "two")]
    for name in names:
        archive = skill_archive(name, skill_text(name, "first"), {WORDS: "hello\n"})
        updates.created(kind.removing(name), with_file(request("upload_skill"), "file", f"{name}.zip", archive))
    skill = names[0]
    contents = [_file(name, file) for name in names for file in (SKILL_FILE, WORDS)]
    updates.begin(Read(kind.noun, request("list_skills"), _states), *contents)

    texts = (f"{TEXT}\n", "", "hello again")
    for text in texts:
        replacement = with_text(request("replace_skill_file", skill_name=skill, file_path=WORDS), text)
        updates.step("a new text", replacement, Effect(FILE, f"{skill}/{WORDS}", {"content": text}))
    text = skill_text(skill, "second")
    by_name = request("replace_skill_file_by_name", body={"skill_name": skill, "path": SKILL_FILE, "content": text})
    updates.step("a new text", by_name, Effect(FILE, f"{skill}/{SKILL_FILE}", {"content": text}))
    for on in (False, True):
        switch = request("set_skill_enabled", skill_name=skill, body={"enabled": on})
        updates.step("a switch", switch, Effect(kind.noun, skill, {"active": on}))
        switch = request("set_skill_enabled_by_name", body={"skill_name": skill, "enabled": not on})
        updates.step("a switch", switch, Effect(kind.noun, skill, {"active": not on}))
    files = [Effect(FILE, f"{skill}/{file}", is_gone=True) for file in (SKILL_FILE, WORDS)]
    updates.remove(kind, skill, *files)
    updates.end()


def _file(skill: str, file: str) -> Read:
    """The request that shows a file of a skill."""
    shown = request("get_skill_file", skill_name=skill, file_path=file)
    return Read(FILE, shown, lambda data: [(f"{skill}/{file}", {"content": part(data, "content")})])


def _states(data: Any) -> Entries:
    """The skills in a list, each with its state only: the rest follows from its files."""
    return ((name, {"active": skill.get("active")}) for name, skill in listed("name", "skills")(data))


@requirement("UPDATE-EXACT")
@over(
    along(
        "create_mcp_server replace_mcp_server replace_mcp_server_by_name set_mcp_server_enabled list_mcp_servers "
        "set_mcp_server_enabled_by_name delete_mcp_server"
    )
)
def test_update_mcp_servers(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Change an MCP server, also while it is off, give it another name, switch it on and off, and remove it.

    Only the named members must change, and a second server must stay the same. The target must reach the server.
    """
    kind = mcp_servers(keys.contract, target.options.known_mcp_server)
    updates = Updates(target, keys.weakest(kind.scope), cleanup, keys, "mcp")
    server, _ = (updates.create(kind, f"{updates.mark}-{end}", active=False) for end in ("one", "two"))
    volatile = frozenset({"tools", "errlogs", "connected"})
    updates.begin(Read(SERVER, request("list_mcp_servers"), listed("name"), volatile))

    reached = {**target.options.known_mcp_server, "active": False}
    by_name = request("replace_mcp_server_by_name", body={**reached, "note": "third", "server_name": server})
    for change, note in ((_replacing(server, {**reached, "note": "second"}), "second"), (by_name, "third")):
        updates.step("a replacement", change, Effect(SERVER, server, {"note": note}))
    new = f"{server}-renamed"
    updates.rename(kind, server, new, _replacing(server, {**reached, "note": "third", "name": new}))
    for on in (True, False):
        effect = Effect(SERVER, new, {"active": on})
        updates.step("a switch", request("set_mcp_server_enabled", server_name=new, body={"enabled": on}), effect)
        switch = request("set_mcp_server_enabled_by_name", body={"server_name": new, "enabled": on})
        updates.step("a switch", switch, effect)
    updates.remove(kind, new)
    updates.end()


def _replacing(server: str, body: dict[str, Any]) -> HttpRequest:
    return request("replace_mcp_server", server_name=server, body=body)
