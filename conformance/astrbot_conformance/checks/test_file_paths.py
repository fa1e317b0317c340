"""FILE-PATHS: names, paths and tokens that become files."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.astrbot_operations import DOCUMENT_PAGE, request
from astrbot_conformance.contract import along
from astrbot_conformance.http import UNKNOWN_ID, HttpRequest, HttpResponse, Target, asking, usable_id, with_file
from astrbot_conformance.inputs.paths_out import (
    FILE_PARAMETERS,
    LINK,
    PATHS_OUT,
    encoded,
    hostile_archive,
    hostile_entries,
    shows_the_file,
)
from astrbot_conformance.json_value import objects, part
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.client import ResourceClient
from astrbot_conformance.resources.kinds import client_of, plugins_of
from astrbot_conformance.resources.skill_sample import skill_text
from astrbot_conformance.verdict.finding import fail
from astrbot_conformance.verdict.requirement import over, requirement

SLOW = "second paths to files: judged only on a fast server, or with --effects destructive"
INTRUSION = "written from outside"
ODD = "X-Odd"  # a header by which passive checks know that the contract does not describe a request
PAGE = "text/html"  # a web UI may return its page for any path
FILES_BY_TOKEN = ("/api/v1/files/tokens/{file_token}", "/api/v1/file/{file_token}")  # public, some are not published
KINDS = {"skill_name": "skill", "project_id": "chat project"}  # the resource that a parameter names


def reading_files(contract: Contract) -> Sequence[Operation]:
    """The operations that read, and have a parameter that can become the name of a file."""
    reads = (one for one in contract.keyed if (one.method, one.side_effect) == ("GET", "read"))
    return [one for one in reads if _file_parameters(one)]


def _uploading(contract: Contract) -> Sequence[Operation]:
    """The operations that store an uploaded file as an attachment."""
    return [one for one in contract.keyed if one.id in ("upload_file", "upload_attachment")]


def _file_parameters(operation: Operation) -> list[str]:
    return [p.name for p in operation.parameters if p.name in FILE_PARAMETERS and p.param_in != "header"]


@requirement("FILE-PATHS")
@over(reading_files)
def test_file_paths_of_reads(operation: Operation, target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Send paths that lead out as each parameter that can become the name of a file.

    No response may show a public file of the system. If a path that leads out is accepted, a nonexistent name must be
    accepted too.
    """
    if not target.options.is_cheap and (operation.alias_of or operation.tag == "skills"):  # see SKILL-FILES
        raise NotJudged(SLOW, by_choice=True)
    key = keys.weakest(operation.scope)
    with _existing(operation, target, keys, cleanup) as ids:
        for name in _file_parameters(operation):
            for what in PATHS_OUT if target.options.is_cheap else list(PATHS_OUT)[:1]:
                response = target.send(_reading(operation, {**ids, name: PATHS_OUT[what]}), key)
                _expect_nothing_shown(response, f"{what} as `{name}`")
                if not response.is_accepted or response.media_type == PAGE:
                    continue
                control = target.send(_reading(operation, {**ids, name: UNKNOWN_ID}), key)
                if control.is_refusal:
                    fail(response, expected=f"{what} as `{name}` to be rejected, as a nonexistent name is")


@requirement("FILE-PATHS")
def test_file_paths_of_public_operations(target: Target, beyond: Sequence[Operation]) -> None:
    """Send paths that lead out in place of the tokens and names of public operations, without a key."""
    published = (one.path for one in beyond if one.method == "GET" and "{" in one.path)
    for path in dict.fromkeys((*FILES_BY_TOKEN, *published)):
        for what, value in PATHS_OUT.items():
            response = target.send(_in_place_of_the_last(path, value))
            _expect_nothing_shown(response, f"{what} in `{path}`")


@requirement("FILE-PATHS")
@over(along("upload_skill upload_skills"))
def test_file_paths_of_archives(operation: Operation, target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Upload skills whose archives have entries that lead to the file of another skill of the run, and links to it.

    The other skill must stay unchanged, and no file of the new one may show it.
    """
    skills = client_of("skill", target, keys, cleanup)
    suffix = operation.id.replace("_", "-")
    with skills.temporary(f"{keys.name}beside-{suffix}") as other:
        text = f"name: {other}".encode()
        if text not in skills.shown(other).body:
            raise NotJudged("the target does not show the file of a skill")
        for number, entries in enumerate(_archives(target, operation)):
            name = f"{keys.name}hostile-{suffix}-{number}"
            chosen = {what: entry for what, entry in hostile_entries(name, other).items() if what in entries}
            content = hostile_archive(name, other, chosen, skill_text(other, INTRUSION))
            cleanup.owns(skills.kind.removing(name), skills.key)
            uploaded = target.send(_upload(operation, name, content), skills.key)
            _expect_unchanged(
                uploaded, skills.shown(other), text, " and ".join(f"an entry that {one}" for one in entries)
            )
            if uploaded.is_accepted:
                _expect_no_link(skills, name, text)
                skills.remove(name)
            else:
                cleanup.gone(skills.kind.removing(name))


@requirement("FILE-PATHS")
@over(_uploading)
def test_file_paths_of_uploads(operation: Operation, target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Upload attachments whose names lead out. They must be rejected, or stored under a name without folders."""
    upload, key = asking(operation), keys.weakest(operation.scope)
    removing = keys.contract.by_id["delete_attachment"]
    for path in ("../../", "..\\..\\", "/") if target.options.is_cheap else ("../../",):
        name = f"{path}{keys.name}upload.txt"
        stored = target.send(with_file(upload, "file", name, b"made by a conformance run"), key)
        if id := usable_id(part(stored.data, "attachment_id")):
            removal = asking(removing, path={"attachment_id": id})
            cleanup.owns(removal, key)
            if target.send(removal, key).is_accepted:
                cleanup.gone(removal)
        names = [str(one[member]) for one in objects(stored.data) for member in one if member.endswith("filename")]
        if stored.is_accepted and any(character in text for text in names for character in "/\\"):
            actual = f"it was stored as `{', '.join(names)}`"
            fail(stored, expected=f"the name `{name}` to be rejected, or stored without folders", actual=actual)


@contextmanager
def _existing(operation: Operation, target: Target, keys: KeyRing, cleanup: Cleanup) -> Iterator[Mapping[str, str]]:
    """Values of the required parameters: resources of the run if requests are cheap, else nonexistent ones."""
    values = {p.name: UNKNOWN_ID for p in operation.parameters if p.required and p.param_in != "header"}
    with ExitStack() as created:
        for name in values if target.options.is_cheap else ():
            if name in KINDS:
                client = client_of(KINDS[name], target, keys, cleanup)
            elif name == "plugin_id" and target.options.disposable:
                kind = plugins_of(target, keys.contract)
                client = ResourceClient(kind, target, keys.weakest(kind.scope), cleanup)
            else:
                continue
            values[name] = created.enter_context(client.temporary(f"{keys.name}paths-{operation.id.replace('_', '-')}"))
        yield values


def _reading(operation: Operation, values: Mapping[str, str]) -> HttpRequest:
    """The request. The contract does not describe it if a value has slashes that the path does not allow."""
    sent = asking(operation, values=values)
    strict = {p.name for p in operation.parameters if p.param_in == "path" and not p.slashes}
    is_odd = any("/" in values[name] for name in strict & values.keys())
    return replace(sent, path=encoded(sent.path), headers=((ODD, "path"),) if is_odd else ())


def _in_place_of_the_last(path: str, value: str) -> HttpRequest:
    """A request of no operation, with the value in place of the last parameter of a path."""
    *others, last = path.split("{")
    beginning = "{".join(others)
    for name in [piece.partition("}")[0] for piece in others[1:]]:
        beginning = beginning.replace(f"{{{name}}}", UNKNOWN_ID)
    sent = asking(DOCUMENT_PAGE)
    value = value.replace("%", "%25").replace("\0", "%00").replace("\\", "%5c")
    end = last.partition("}")[2]
    return replace(sent, path=beginning + encoded(value).replace("//", "/%2f") + ("" if "{" in end else end))


def _archives(target: Target, operation: Operation) -> list[list[str]]:
    """The entries of each archive: one kind in each if requests are cheap, else the first or all others."""
    every = list(hostile_entries("", ""))
    if target.options.is_cheap:
        return [[one] for one in every]
    return [every[:1] if operation.id == "upload_skill" else every[1:]]


def _upload(operation: Operation, name: str, content: bytes) -> HttpRequest:
    return with_file(asking(operation), "files" if operation.id == "upload_skills" else "file", f"{name}.zip", content)


def _expect_nothing_shown(response: HttpResponse, what: str) -> None:
    if shows_the_file(response):
        fail(response, expected=f"{what} to be rejected", actual=f"{response.status}, with a file of the system")


def _expect_unchanged(uploaded: HttpResponse, shown: HttpResponse, text: bytes, what: str) -> None:
    if shown.is_accepted and text in shown.body and INTRUSION.encode() not in shown.body:
        return
    fail(
        uploaded,
        expected=f"{what} to be rejected or ignored",
        actual=f"{uploaded.in_short}, and another skill was changed",
    )


def _expect_no_link(skills: ResourceClient, name: str, text: bytes) -> None:
    if skills.kind.show is None:
        return
    shown = skills.target.send(request("get_skill_file", skill_name=name, file_path=LINK), skills.key)
    if shown.is_accepted and text in shown.body:
        fail(shown, expected="a link in an archive not to show the file of another skill", actual="it shows the file")
