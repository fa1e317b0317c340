"""The kinds of things that a key can make: how one is made, changed, removed, and found when it is read back."""

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from astrbot_api.operations import Operation
from astrbot_api.scopes import Scope

from astrbot_conformance.answer import Answer
from astrbot_conformance.belongings import Belongings
from astrbot_conformance.contract import operation_at
from astrbot_conformance.finding import NotJudged
from astrbot_conformance.request import Key, Request, asking
from astrbot_conformance.target import Target

BOUNDARY = "conform-boundary"
NOWHERE = "http://127.0.0.1:9/conform"  # the port where things are thrown away


@dataclass(frozen=True, slots=True)
class Family:
    """Things of one kind.

    make: the request for one of a name. change: the request that writes a mark into the one of an id. called, id: the
    members of a listed thing that hold its name and its id. shown: the request that shows the mark, where the listing
    does not.
    """

    name: str
    listing: Operation
    make: Callable[[str], Request]
    remove: Callable[[str], Request]
    change: Callable[[str, str], Request] | None = None
    called: str = "id"
    id: str = "id"
    shown: Callable[[str], Request] | None = None

    @property
    def scope(self) -> Scope:
        """The scope that opens all of its operations."""
        if self.listing.scope is None:
            raise ValueError(f"{self.listing} is open to no key")
        return self.listing.scope

    def find(self, listing: Any, name: str) -> str | None:
        """The id of the thing called `name` in what the listing shows."""
        for entry in _objects(listing):
            if entry.get(self.called) == name and self.id in entry:
                return str(entry[self.id])
        return None

    def holds(self, listing: Any, id: str) -> bool:
        """Whether the listing shows the thing with that id."""
        return any(str(entry.get(self.id)) == id for entry in _objects(listing))


@dataclass(frozen=True)
class Household:
    """One family on one target, and the key that opens it."""

    family: Family
    target: Target
    key: Key

    def read(self) -> Answer:
        """The listing as it is now. NotJudged where it cannot be read."""
        answer = self.target.send(asking(self.family.listing), self.key)
        if not answer.is_accepted:
            raise NotJudged(f"{self.family.listing}: a sufficient key is answered {answer.in_short}")
        return answer

    @contextmanager
    def kept(self, name: str, belongings: Belongings) -> Iterator[str]:
        """A thing of that name for as long as the block lasts; gives its id. NotJudged where none can be made."""
        self._make(name, belongings)
        id = name if self.family.id == self.family.called else self.family.find(self.read().json, name)
        if id is None:
            raise NotJudged(f"{self.family.listing}: does not show what was just made")
        belongings.owns(self.family.remove(id), self.key)
        try:
            yield id
        finally:
            self.remove(id, belongings)

    def _make(self, name: str, belongings: Belongings) -> None:
        """Make a thing. NotJudged where that fails; what came to be all the same goes again."""
        try:
            made = self.target.send(self.family.make(name), self.key)
            if made.is_accepted:
                return
            reason = f"{made.request.operation}: none could be made, it answers {made.in_short}"
        except NotJudged as error:
            reason = str(error)
        stray = self.family.find(self.read().json, name)
        if stray is not None:
            belongings.owns(self.family.remove(stray), self.key)
        raise NotJudged(reason)

    def remove(self, id: str, belongings: Belongings) -> bool:
        """Remove a thing of the run; whether the target did."""
        removal = self.family.remove(id)
        done = self.target.send(removal, self.key).is_accepted
        if done:
            belongings.gone(removal)
        return done

    def shows(self, id: str, mark: str, listing: Answer) -> bool:
        """Whether the thing holds `mark` now."""
        answer = self.target.send(self.family.shown(id), self.key) if self.family.shown else listing
        return mark.encode() in answer.body


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a JSON value, at any depth."""
    if isinstance(value, dict):
        yield value
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _objects(part)


def _by_body(method: str, path: str, body: Callable[[str], dict[str, Any]]) -> Callable[[str], Request]:
    operation = operation_at(method, f"/api/v1/{path}")
    return lambda name: asking(operation, json_body=body(name))


def _by_id(method: str, path: str) -> Callable[[str], Request]:
    operation = operation_at(method, f"/api/v1/{path}")
    parameter = next(parameter.name for parameter in operation.parameters if parameter.place == "path")
    return lambda which: asking(operation, path={parameter: which})


def _marked(method: str, path: str, body: Callable[[str, str], dict[str, Any]]) -> Callable[[str, str], Request]:
    operation = operation_at(method, f"/api/v1/{path}")
    parameter = next(parameter.name for parameter in operation.parameters if parameter.place == "path")
    return lambda which, mark: asking(operation, path={parameter: which}, json_body=body(which, mark))


def _skill_upload(name: str) -> Request:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(
            zipfile.ZipInfo(f"{name}/SKILL.md"), f"---\nname: {name}\ndescription: made by a conformance run\n---\n"
        )
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}.zip"\r\n'
    body = (
        f"{head}Content-Type: application/zip\r\n\r\n".encode() + packed.getvalue() + f"\r\n--{BOUNDARY}--\r\n".encode()
    )
    kind = ("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
    return Request(operation_at("POST", "/api/v1/skills"), "/api/v1/skills", headers=(kind,), body=body)


def _skill_file(method: str, id: str, text: str | None = None) -> Request:
    operation = operation_at(method, "/api/v1/skills/{skill_name}/files/{file_path}")
    blank = asking(operation, path={"skill_name": id, "file_path": "SKILL.md"})
    if text is None:
        return blank
    content = f"---\nname: {id}\ndescription: {text}\n---\n"
    return Request(operation, blank.path, headers=(("Content-Type", "text/plain"),), body=content.encode())


def _listing(path: str) -> Operation:
    return operation_at("GET", f"/api/v1/{path}")


FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        Family(
            "bots",
            _listing("bots"),
            make=_by_body("POST", "bots", lambda name: {"id": name, "enabled": False}),
            change=_marked("PUT", "bots/{bot_id}", lambda which, mark: {"id": which, "enabled": False, "note": mark}),
            remove=_by_id("DELETE", "bots/{bot_id}"),
        ),
        Family(
            "provider sources",
            _listing("provider-sources"),
            make=_by_body("POST", "provider-sources", lambda name: {"id": name, "enable": False}),
            change=_marked(
                "PUT", "provider-sources/{source_id}", lambda which, mark: {"id": which, "enable": False, "note": mark}
            ),
            remove=_by_id("DELETE", "provider-sources/{source_id}"),
        ),
        Family(
            "providers",
            _listing("providers"),
            make=_by_body("POST", "providers", lambda name: {"id": name, "enabled": False}),
            change=_marked(
                "PUT", "providers/{provider_id}", lambda which, mark: {"id": which, "enabled": False, "note": mark}
            ),
            remove=_by_id("DELETE", "providers/{provider_id}"),
        ),
        Family(
            "personas",
            _listing("personas"),
            make=_by_body("POST", "personas", lambda name: {"persona_id": name, "system_prompt": "You are a test."}),
            change=_marked("PUT", "personas/{persona_id}", lambda _, mark: {"system_prompt": mark}),
            remove=_by_id("DELETE", "personas/{persona_id}"),
            called="persona_id",
            id="persona_id",
        ),
        Family(
            "persona folders",
            _listing("persona-folders"),
            make=_by_body("POST", "persona-folders", lambda name: {"name": name}),
            change=_marked("PUT", "persona-folders/{folder_id}", lambda _, mark: {"description": mark}),
            remove=_by_id("DELETE", "persona-folders/{folder_id}"),
            called="name",
            id="folder_id",
        ),
        Family(
            "configuration profiles",
            _listing("config-profiles"),
            make=_by_body("POST", "config-profiles", lambda name: {"name": name}),
            change=_marked("PATCH", "config-profiles/{config_id}", lambda _, mark: {"name": mark}),
            remove=_by_id("DELETE", "config-profiles/{config_id}"),
            called="name",
        ),
        Family(
            "chat projects",
            _listing("chat/projects"),
            make=_by_body("POST", "chat/projects", lambda name: {"title": name}),
            change=_marked("PATCH", "chat/projects/{project_id}", lambda _, mark: {"description": mark}),
            remove=_by_id("DELETE", "chat/projects/{project_id}"),
            called="title",
            id="project_id",
        ),
        Family(
            "templates",
            _listing("t2i/templates"),
            make=_by_body("POST", "t2i/templates", lambda name: {"name": name, "content": "<main>{{ text }}</main>"}),
            change=_marked("PUT", "t2i/templates/{name}", lambda _, mark: {"content": f"<main>{mark}</main>"}),
            remove=_by_id("DELETE", "t2i/templates/{name}"),
            called="name",
            id="name",
            shown=_by_id("GET", "t2i/templates/{name}"),
        ),
        Family(
            "plugin sources",
            _listing("plugin-sources"),
            make=_by_body("POST", "plugin-sources", lambda name: {"id": name, "name": name, "url": NOWHERE}),
            remove=_by_id("DELETE", "plugin-sources/{source_id}"),
        ),
        Family(
            "skills",
            _listing("skills"),
            make=_skill_upload,
            change=lambda which, mark: _skill_file("PUT", which, mark),
            remove=_by_id("DELETE", "skills/{skill_name}"),
            called="name",
            id="name",
            shown=lambda which: _skill_file("GET", which),
        ),
    )
}


def mcp_servers(reached: dict[str, Any]) -> Family:
    """The MCP servers, of which one can be made that is reached so."""
    return Family(
        "MCP servers",
        _listing("mcp/servers"),
        make=_by_body("POST", "mcp/servers", lambda name: {"name": name, "active": False, **reached}),
        change=_marked("PUT", "mcp/servers/{server_name}", lambda _, mark: {"active": False, **reached, "note": mark}),
        remove=_by_id("DELETE", "mcp/servers/{server_name}"),
        called="name",
        id="name",
    )
