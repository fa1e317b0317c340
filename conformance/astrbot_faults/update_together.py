"""Faults that only show if requests arrive at the same time: a confirmed change is lost, or an id is given twice."""

from __future__ import annotations

from astrbot_api import models
from astrbot_api.server import Json
from astrbot_reference.answers import ok
from astrbot_reference.auth import Caller
from astrbot_reference.bodies import given
from astrbot_reference.bots import BOT, Bots
from astrbot_reference.chat_projects import PROJECT, ChatProjects
from astrbot_reference.personas import PERSONA, Personas
from astrbot_reference.providers import Providers
from astrbot_reference.refusal import Refusal
from astrbot_reference.stores.provider_store import PROVIDER
from astrbot_reference.t2i import T2i
from astrbot_reference.threads import Pause

from .server import Server, fault

BREAKS = "UPDATE-EXACT"
A_WHILE = 0.03  # seconds between reading and writing: long enough for another request


@fault(breaks=BREAKS)
def personas_are_written_as_they_were_read(server: Server) -> None:
    """A change of a persona overwrites the changes of other requests at the same time."""

    @server.override
    class Broken(Personas):
        async def update_persona(
            self, *, caller: Caller, persona_id: str, body: models.PersonaChange
        ) -> Json[models.PersonaNoteAnswer]:
            read = self._persona(persona_id)
            await Pause(A_WHILE)
            self._store.put(PERSONA, persona_id, read)
            return await super().update_persona(caller=caller, persona_id=persona_id, body=body)


@fault(breaks=BREAKS)
def projects_are_written_as_they_were_read(server: Server) -> None:
    """A change of a project overwrites the changes of other requests at the same time."""

    @server.override
    class Broken(ChatProjects):
        async def update_chat_project(
            self, *, caller: Caller, project_id: str, body: models.ChatProjectChange
        ) -> Json[models.DoneQuietly]:
            project = self._own(project_id, caller)
            await Pause(A_WHILE)
            self._store.put(PROJECT, project_id, project | self._wanted(given(body)))
            return ok(models.DoneQuietly, {})


@fault(breaks=BREAKS)
def all_bots_are_written_as_they_were_read(server: Server) -> None:
    """Creating a bot writes the whole list of bots, without those that were created at the same time."""

    @server.override
    class Broken(Bots):
        async def create_bot(self, *, caller: Caller, body: models.BotCreation) -> Json[models.Done]:
            read = [(bot["id"], bot) for bot in self._store.all(BOT)]
            await Pause(A_WHILE)
            created = {bot["id"] for bot in self._store.all(BOT)} - {id for id, _ in read}
            for id in created:
                self._store.remove(BOT, id)
            return await super().create_bot(caller=caller, body=body)


@fault(breaks=BREAKS)
def a_busy_template_is_not_written(server: Server) -> None:
    """A template is not written if another one is being written, although the server confirms it."""
    writing = set[str]()

    @server.override
    class Broken(T2i):
        async def replace_t2i_template(
            self, *, caller: Caller, name: str, body: models.T2iTemplateText
        ) -> Json[models.T2iTemplateNameAnswer]:
            if writing:
                return ok(models.T2iTemplateNameAnswer, {"name": name}, "Saved")
            writing.add(name)
            await Pause(A_WHILE)
            writing.clear()
            return await super().replace_t2i_template(caller=caller, name=name, body=body)


@fault(breaks=BREAKS)
def an_id_is_given_twice(server: Server) -> None:
    """Providers with the same id that are created at the same time are all accepted; the last one stays."""

    @server.override
    class Broken(Providers):
        async def create_provider(self, *, caller: Caller, body: models.ProviderCreation) -> Json[models.Done]:
            provider = self._providers.described(given(body))
            is_free = self._store.get(PROVIDER, provider["id"]) is None
            await Pause(A_WHILE)
            if not is_free:
                return await super().create_provider(caller=caller, body=body)
            self._store.put(PROVIDER, provider["id"], provider)
            return ok(models.Done, {}, "Created")


@fault(breaks=BREAKS)
def the_rejected_template_is_stored(server: Server) -> None:
    """If two templates with the same name are created at the same time, the text of the rejected one is stored."""
    texts: dict[str, str] = {}

    @server.override
    class Broken(T2i):
        async def create_t2i_template(
            self, *, caller: Caller, body: models.T2iTemplateCreation
        ) -> Json[models.T2iTemplateNameAnswer]:
            if body.name in texts:
                texts[body.name] = body.content
                raise Refusal(f"Template {body.name} already exists", 409)
            texts[body.name] = body.content
            await Pause(A_WHILE)
            text = texts.pop(body.name)
            answer = await super().create_t2i_template(caller=caller, body=body)
            self._keep(body.name, text)
            return answer
