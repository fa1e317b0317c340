"""Kinds of things that a key can make, read back, change and remove again, and which operations do that."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from astrbot_api.operations import BY_ID, Operation

from astrbot_conformance.answer import Answer
from astrbot_conformance.belongings import Belongings
from astrbot_conformance.finding import NotJudged
from astrbot_conformance.request import Key, Request, asking
from astrbot_conformance.target import Target

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing.

    body: what makes one of that name, with a note that can be read back. names: what its id is called in bodies. given:
    what it is called in the answer of a server that chooses it.
    """

    noun: str
    create: Operation
    read: Operation
    change: Operation
    remove: Operation
    body: Callable[[str, str], Body]
    names: tuple[str, ...]
    given: str | None = None

    @property
    def is_configuration(self) -> bool:
        """Whether things of this kind are kept in the one configuration of the whole installation."""
        return self.create.tag in ("bots", "providers", "provider-sources")

    def reading(self, thing: str) -> Request:
        """The request that shows a thing, alone or among others."""
        return asking(self.read, path=_place(self.read, thing))

    def changing(self, thing: str, body: Body) -> Request:
        """The request that changes a thing."""
        return asking(self.change, path=_place(self.change, thing), json_body=body)

    def removing(self, thing: str) -> Request:
        """The request that removes a thing."""
        return asking(self.remove, path=_place(self.remove, thing))

    def tried(self, name: str, note: str, target: Target, key: Key, belongings: Belongings) -> Answer:
        """The answer to making one of that name and note. What is made the run removes at its end."""
        if not target.reach.allows("write"):
            raise NotJudged(f"{self.noun}s are made only with --effects write", by_choice=True)
        if self.given is None:
            belongings.owns(self.removing(name), key)
        answer = target.send(asking(self.create, json_body=self.body(name, note)), key)
        if self.given and (thing := self._id_in(answer)):
            belongings.owns(self.removing(thing), key)
        elif not answer.is_accepted and answer.is_refusal:
            belongings.gone(self.removing(name))
        return answer

    def made(self, name: str, note: str, target: Target, key: Key, belongings: Belongings) -> str:
        """Make one and return its id. The run removes it at its end. NotJudged where the target would not."""
        answer = self.tried(name, note, target, key, belongings)
        if not answer.is_accepted:
            raise NotJudged(f"{self.create}: an ordinary {self.noun} is answered {answer.in_short}")
        thing = self._id_in(answer) if self.given else name
        if thing is None:
            raise NotJudged(f"{self.create}: the id of what was made is not told")
        return thing

    def shown(self, thing: str, answer: Answer) -> str | None:
        """What an answer to `reading` shows of a thing, as text; None where it does not show it."""
        entries = [entry for entry in objects(answer.data) if thing in entry.values()] if answer.is_accepted else []
        return min(map(json.dumps, entries), key=len, default=None)

    def _id_in(self, answer: Answer) -> str | None:
        """The id that the server chose for what it made."""
        ids = (entry.get(self.given or "") for entry in objects(answer.data)) if answer.is_accepted else ()
        return next((given for given in ids if isinstance(given, str)), None)


def objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every object in a JSON value, the outer ones first."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(part)


def _place(operation: Operation, thing: str) -> dict[str, str]:
    return {parameter.name: thing for parameter in operation.parameters if parameter.place == "path"}


def _kind(noun: str, operations: str, body: Callable[[str, str], Body], *names: str, given: str | None = None) -> Kind:
    create, read, change, remove = (BY_ID[name] for name in operations.split())
    return Kind(noun, create, read, change, remove, body, names, given)


KINDS = (
    _kind(
        "persona",
        "create_persona get_persona update_persona delete_persona",
        lambda name, note: {"persona_id": name, "system_prompt": note},
        "persona_id",
    ),
    _kind(
        "persona folder",
        "create_persona_folder list_persona_folders update_persona_folder delete_persona_folder",
        lambda name, note: {"name": name, "description": note},
        "folder_id",
        given="folder_id",
    ),
    _kind(
        "bot",
        "create_bot get_bot replace_bot delete_bot",
        lambda name, note: {"id": name, "type": "telegram", "enabled": False, "note": note},
        "id",
        "bot_id",
    ),
    _kind(
        "provider source",
        "create_provider_source get_provider_source replace_provider_source delete_provider_source",
        lambda name, note: {"id": name, "type": "openai_chat_completion", "enable": False, "note": note},
        "id",
        "source_id",
    ),
    _kind(
        "provider",
        "create_provider get_provider replace_provider delete_provider",
        lambda name, note: {"id": name, "type": "openai_chat_completion", "enabled": False, "note": note},
        "id",
        "provider_id",
    ),
    _kind(
        "chat project",
        "create_chat_project get_chat_project update_chat_project delete_chat_project",
        lambda name, note: {"title": name, "description": note},
        "project_id",
        given="project_id",
    ),
    _kind(
        "template",
        "create_t2i_template get_t2i_template replace_t2i_template delete_t2i_template",
        lambda name, note: {"name": name, "content": f"<p>{note}</p>"},
        "name",
    ),
)
