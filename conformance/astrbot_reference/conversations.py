"""The conversations that the agent remembers."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Literal

from astrbot_api.server import Json

from .answers import ok
from .auth import Caller
from .bodies import given
from .bots import BOT
from .context import Context, Service
from .origins import page_of, taken_apart
from .refusal import Refusal
from .release import described
from .stores.conversation_store import ConversationStore
from .stores.session_store import WEBCHAT
from .stores.store import JsonObject
from .stubs import models, server

FACTS = ("user_id", "cid", "title", "persona_id", "created_at", "updated_at")


class Conversations(Service):
    """The operations of the tag `conversations`."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._conversations = ConversationStore(self._store, self._clock)

    async def list_conversations(
        self,
        *,
        caller: Caller,
        page: int = 1,
        page_size: int = 20,
        platforms: str = "",
        message_types: str = "",
        search: str = "",
        exclude_ids: str = "",
        exclude_platforms: str = "",
        include_history: bool = True,
        keyword: str = "",
        umo: str = "",
        sort_by: Literal["created_at", "updated_at"] = "created_at",
        sort_order: Literal["asc", "desc"] = "desc",
        group_by_session: bool = False,
    ) -> Json[models.ConversationPageAnswer]:
        """A page of the conversations that match every filter."""
        fields = [
            one
            for one in self._conversations.all()
            if among(one["platform_id"], platforms)
            and among(one["user_id"].split(":")[1], message_types)
            and not (exclude_ids and among(one["user_id"], exclude_ids))
            and not (exclude_platforms and among(one["platform_id"], exclude_platforms))
            and all(text.lower() in searched(one).lower() for text in (search, keyword))
            and umo in one["user_id"]
        ]
        fields.sort(key=lambda one: int(one[sort_by]), reverse=sort_order == "desc")
        groups = grouped(fields) if group_by_session else [[one] for one in fields]
        shown, number, size = page_of([{"group": group} for group in groups], page, page_size, 20)
        pages = {
            "page": number,
            "page_size": size,
            "total": len(groups),
            "total_pages": max(-(-len(groups) // size), 1),
        }
        listed = [self._listed(one, with_history=include_history) for group in shown for one in group["group"]]
        pagination = described(self._contract, "Pagination", pages | {"grouped_by_session": group_by_session})
        return ok(models.ConversationPageAnswer, {"conversations": listed, "pagination": pagination})

    async def list_conversation_bots(self, *, caller: Caller) -> Json[models.ConversationBotListAnswer]:
        """The configured bots that have conversations, and always the built-in one."""
        types = {WEBCHAT: WEBCHAT} | {bot["id"]: str(bot.get("type", "")) for bot in self._store.all(BOT)}
        used = sorted({one["platform_id"] for one in self._conversations.all()})
        return ok(
            models.ConversationBotListAnswer, {"bots": [{"id": id, "type": types[id]} for id in used if id in types]}
        )

    async def get_conversation(
        self, *, caller: Caller, conversation_id: str, user_id: str
    ) -> Json[models.ConversationAnswer]:
        """A conversation. Raises Refusal if the origin has none of this id."""
        found = self._conversations.find(conversation_id, user_id)
        return ok(models.ConversationAnswer, self._facts(found) | {"history": history(found)})

    async def update_conversation(
        self, *, caller: Caller, conversation_id: str, user_id: str, body: models.ConversationChange
    ) -> Json[models.NoteAnswer]:
        """Update title or persona. Raises Refusal if the origin has none of this id."""
        fields = given(body)
        changes = {name: fields[name] for name in ("title", "persona_id") if fields.get(name) is not None}
        self._conversations.change(conversation_id, user_id, **changes)
        return ok(models.NoteAnswer, {"message": "Saved"})

    async def replace_conversation_messages(
        self, *, caller: Caller, conversation_id: str, user_id: str, body: models.ConversationMessages
    ) -> Json[models.NoteAnswer]:
        """Replace all messages. Raises Refusal if the origin has none of this id, or if the history is not a list."""
        fields = given(body)
        turns = fields["messages"] if fields.get("history") is None else fields["history"]
        if isinstance(turns, str):
            try:
                turns = json.loads(turns)
            except (ValueError, RecursionError) as error:
                raise Refusal("history is not valid JSON") from error
        if not isinstance(turns, list):
            raise Refusal("history must be a list")
        self._conversations.replace_turns(conversation_id, user_id, turns)
        return ok(models.NoteAnswer, {"message": "Saved"})

    async def delete_conversation(
        self, *, caller: Caller, conversation_id: str, user_id: str
    ) -> Json[models.NoteAnswer]:
        """Delete a conversation, if it exists."""
        self._conversations.remove(conversation_id, user_id)
        return ok(models.NoteAnswer, {"message": "Deleted"})

    async def delete_conversations(
        self, *, caller: Caller, body: models.ConversationChoice
    ) -> Json[models.ConversationBatchAnswer]:
        """Delete several conversations, if they exist."""
        chosen = given(body)["conversations"]
        for one in chosen:
            self._conversations.remove(one["cid"], one["user_id"])
        told = {"message": "Deleted", "deleted_count": len(chosen), "failed_count": 0, "failed_items": []}
        return ok(models.ConversationBatchAnswer, told)

    async def export_conversations(self, *, caller: Caller, body: models.ConversationChoice) -> server.Raw:
        """Export the existing conversations, one per line. Raises Refusal if there are none."""
        lines = []
        for one in given(body)["conversations"]:
            with suppress(Refusal):
                found = self._conversations.find(one["cid"], one["user_id"])
                told = {name: found[name] for name in (*FACTS, "platform_id")}
                lines.append(json.dumps(told | {"content": said(found)}, ensure_ascii=False))
        if not lines:
            raise Refusal("Conversations not found")
        return server.Raw("\n".join(lines) + "\n", "application/jsonl")

    def _facts(self, conversation: JsonObject) -> JsonObject:
        origin = taken_apart(self._store, conversation["user_id"])
        facts = {name: conversation[name] for name in FACTS}
        return facts | {"title": facts["title"] or origin["auto_name"] or None, "umo_info": origin}

    def _listed(self, conversation: JsonObject, *, with_history: bool) -> JsonObject:
        told = self._facts(conversation) | {name: conversation[name] for name in ("platform_id", "token_usage")}
        return told | ({"history": history(conversation)} if with_history else {})


def among(value: str, fields: str) -> bool:
    """Whether a comma-separated list contains a value; an empty list contains every value."""
    return not fields or value in [name.strip() for name in fields.split(",")]


def grouped(conversations: list[JsonObject]) -> list[list[JsonObject]]:
    """The conversations of each origin together, in the order of the first of each."""
    groups: dict[str, list[JsonObject]] = {}
    for one in conversations:
        groups.setdefault(one["user_id"], []).append(one)
    return list(groups.values())


def said(conversation: JsonObject) -> list[JsonObject]:
    """The messages of a conversation, the oldest first."""
    return [turn["turn"] for turn in conversation["turns"]]


def history(conversation: JsonObject) -> str:
    """The same as JSON."""
    return json.dumps(said(conversation), ensure_ascii=False)


def searched(conversation: JsonObject) -> str:
    """The text that a search checks."""
    return f"{conversation['title'] or ''} {conversation['user_id']} {conversation['cid']} {history(conversation)}"
