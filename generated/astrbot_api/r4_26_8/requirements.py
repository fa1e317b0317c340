"""The normative sentences of AstrBot HTTP API 4.26.8. Generated; do not edit."""

from collections.abc import Mapping
from types import MappingProxyType

from ..vocabulary import Requirement

__all__ = ["REQUIREMENTS", "Requirement"]

_ALL: tuple[Requirement, ...] = (
    Requirement("AUTH-BEARER", "MUST", "A key is accepted as `Authorization: Bearer`.", "sources.md#keys-in-requests"),
    Requirement(
        "AUTH-HEADER",
        "MUST",
        "A key is accepted as `X-API-Key`, with the same rights as `Authorization: Bearer`.",
        "sources.md#keys-in-requests",
    ),
    Requirement(
        "AUTH-REQUIRED",
        "MUST",
        "No key, or an unknown, revoked, deleted or expired key: 401 on every keyed operation.",
        "sources.md#rejected-credentials",
    ),
    Requirement(
        "AUTH-CARRIERS",
        "SHOULD",
        "A key is taken from nowhere but `Authorization: Bearer` and `X-API-Key`.",
        "sources.md#keys-in-requests",
    ),
    Requirement(
        "KEY-FORMAT", "MUST", "A created key starts with `abk_` and is shown only once.", "sources.md#creating-keys"
    ),
    Requirement(
        "KEY-SCOPES",
        "MUST",
        "Only the eleven scopes can be granted; `tool skills kb system`, `*`, unknown names and an empty list are refused, none silently dropped.",
        "sources.md#creating-keys",
    ),
    Requirement(
        "KEY-IMPLIES",
        "MUST",
        "A key created with `config` is granted `config`, `bot` and `provider`, whatever the order, repetition or company.",
        "sources.md#scope-config",
    ),
    Requirement(
        "KEY-EXPIRY",
        "MUST",
        "A key ends `expires_in_days` days after it was made, and without a number never; what is no whole number from 1 on is refused.",
        "sources.md#creating-keys",
    ),
    Requirement(
        "KEY-LISTED",
        "MUST",
        "A key is listed with the rights that it has; a revoked one stays listed as revoked, a deleted one does not.",
        "sources.md#creating-keys",
    ),
    Requirement(
        "KEY-ISOLATION",
        "MUST",
        "The rights of a key are its own: no other key, made, revoked or deleted, changes them, whatever it is called.",
        "sources.md#creating-keys",
    ),
    Requirement(
        "SCOPE-REQUIRED",
        "MUST",
        "Without the operation's scope: 403 `Insufficient API key scope`.",
        "sources.md#scopes",
    ),
    Requirement("SCOPE-SUFFICIENT", "MUST", "With the operation's scope: neither 401 nor 403.", "sources.md#scopes"),
    Requirement(
        "SCOPE-IMPLIES",
        "MUST",
        "A `config` key enters every `bot` and every `provider` operation.",
        "sources.md#scope-config",
    ),
    Requirement(
        "SCOPE-NOT-IMPLIED",
        "MUST",
        "Nothing else follows: `bot` and `provider` together do not give `config`; `config` gives no other scope.",
        "sources.md#scope-config",
    ),
    Requirement(
        "SCOPE-CLOSED",
        "MUST",
        "The closed areas admit no developer key, not even one with all eleven scopes.",
        "sources.md#closed-operations",
    ),
    Requirement(
        "SCOPE-EVASION",
        "MUST",
        "The form of a request never widens rights: header form, HEAD, method override, trailing or doubled slash, upper case, percent-encoding.",
        "sources.md#forms-of-a-request",
    ),
    Requirement(
        "SCOPE-NO-EFFECT",
        "MUST",
        "A refused request changes nothing, as reading back shows.",
        "sources.md#order-of-checks",
    ),
    Requirement("CHAT-USERNAME", "MUST", "`username` is required by `POST /chat`.", "sources.md#chat"),
    Requirement(
        "CHAT-STREAM",
        "MUST",
        "An accepted chat answers with `text/event-stream`, every event well formed, and ends.",
        "sources.md#chat",
    ),
    Requirement(
        "CHAT-SESSION",
        "MUST",
        "Without `session_id` a UUID is made; a given one is kept; the session then shows in its user's list.",
        "sources.md#chat",
    ),
    Requirement(
        "CHAT-PROFILE",
        "MUST",
        "A chat that names a configuration profile which is not there is refused.",
        "sources.md#chat",
    ),
    Requirement("SESSIONS-USERNAME", "MUST", "`username` is required by `GET /chat/sessions`.", "sources.md#sessions"),
    Requirement(
        "SESSIONS-PAGING",
        "MUST",
        "Pages are disjoint, complete and within `page_size`; `total` is right.",
        "sources.md#sessions",
    ),
    Requirement(
        "SESSIONS-OWNER", "MUST", "One username neither sees nor continues another's session.", "sources.md#sessions"
    ),
    Requirement(
        "PROJECTS-OWNER",
        "MUST",
        "Nobody but its owner sees, changes or removes a chat project.",
        "sources.md#chat-projects",
    ),
    Requirement(
        "MSG-FORMS",
        "MUST",
        "A string and an equal chain of one `plain` are both accepted, and mean the same.",
        "sources.md#messages",
    ),
    Requirement(
        "MSG-SEGMENTS",
        "MUST",
        "Segments of every type are accepted in any number and order, and kept as they were sent.",
        "sources.md#messages",
    ),
    Requirement(
        "MSG-TYPES",
        "MUST",
        "A segment of an unknown type is refused; beside valid segments it should be.",
        "sources.md#messages",
    ),
    Requirement(
        "MSG-FIELDS",
        "MUST",
        "A segment without a field that its type requires is refused; beside valid segments it should be.",
        "sources.md#messages",
    ),
    Requirement("MSG-EMPTY", "MUST", "Empty content is refused on both operations.", "sources.md#messages"),
    Requirement(
        "MSG-REPLY-ONLY", "MUST", "A chain of nothing but `reply` is refused on both operations.", "sources.md#messages"
    ),
    Requirement(
        "MSG-REPLY-CHAT", "SHOULD", "`reply` belongs to chat; `/im/message` refuses it.", "sources.md#messages"
    ),
    Requirement(
        "MSG-ATTACHMENT",
        "MUST",
        "A segment naming an attachment that does not exist is refused.",
        "sources.md#messages",
    ),
    Requirement(
        "IM-FIELDS",
        "MUST",
        "`umo` and `message` are required by `/im/message`; a `umo` names a platform, a kind of message and a session.",
        "sources.md#im-messages",
    ),
    Requirement("IM-BOTS", "MUST", "`/im/bots` lists the ids of bots.", "sources.md#im-messages"),
    Requirement(
        "JOURNEY-BOT",
        "MUST",
        "With the scope `bot` alone a bot is created, listed, read, changed, switched and deleted.",
        "sources.md#resources",
    ),
    Requirement(
        "JOURNEY-PROVIDER",
        "MUST",
        "With the scope `provider` alone a source and a provider are created, listed, changed, switched and deleted.",
        "sources.md#resources",
    ),
    Requirement(
        "JOURNEY-PERSONA",
        "MUST",
        "With the scope `persona` alone a folder and a persona are created, moved, read, changed and deleted.",
        "sources.md#resources",
    ),
    Requirement(
        "JOURNEY-IM",
        "MUST",
        "With the scope `im` alone the bots are listed and a message is sent.",
        "sources.md#im-messages",
    ),
    Requirement(
        "JOURNEY-CONFIG",
        "MUST",
        "With the scope `config` alone a profile is created, read, renamed, chosen for a session and deleted.",
        "sources.md#resources",
    ),
    Requirement(
        "JOURNEY-CHAT",
        "MUST",
        "With the scope `chat` alone a chat is begun, found in the list, gone on with, read, renamed and deleted.",
        "sources.md#chat",
    ),
    Requirement(
        "JOURNEY-PLUGIN",
        "MUST",
        "With the scope `plugin` alone plugins are listed and read, and a plugin source is added, listed and removed.",
        "sources.md#resources",
    ),
    Requirement(
        "JOURNEY-MCP",
        "MUST",
        "With the scope `mcp` alone servers are listed, one that may not be run is refused, others come and go.",
        "sources.md#resources",
    ),
    Requirement(
        "JOURNEY-SKILL",
        "MUST",
        "With the scope `skill` alone a skill is uploaded, listed, read, changed, switched off, downloaded and deleted.",
        "sources.md#resources",
    ),
    Requirement(
        "SKILL-FILES",
        "MUST",
        "By way of one skill no file outside of it is shown or changed.",
        "sources.md#skill-files",
    ),
    Requirement(
        "T2I-SANDBOX",
        "SHOULD",
        "A template that reads the class of a value SHOULD be rejected with 400.",
        "sources.md#templates",
    ),
    Requirement(
        "DOC-OPENAPI",
        "MUST",
        "The published document is served, lists every operation of the contract, and contradicts none.",
        "sources.md#published-document",
    ),
    Requirement("DOC-UI", "MUST", "The interactive document is served.", "sources.md#published-document"),
    Requirement("ROBUST-INPUT", "MUST", "No input, however odd, gets a 5xx.", "sources.md#server-errors"),
    Requirement(
        "SHAPE-STATUS",
        "MUST",
        "An answer has a status and a media type that the contract names for its operation.",
        "sources.md#responses",
    ),
    Requirement(
        "SHAPE-ENVELOPE",
        "MUST",
        "Every JSON answer is one of the two envelopes, or the list of what the input does wrong.",
        "sources.md#envelopes",
    ),
    Requirement(
        "SHAPE-BODY", "MUST", "What an answer carries fits the schema of its operation.", "sources.md#responses"
    ),
    Requirement(
        "NO-SECRETS",
        "SHOULD",
        "No answer to a developer key carries dashboard credentials or signing secrets.",
        "sources.md#secrets",
    ),
    Requirement(
        "PATH-ID",
        "SHOULD",
        "The id in the path decides which resource is touched, whatever the body says.",
        "sources.md#identifiers-in-paths",
    ),
    Requirement(
        "ROUTE-UNKNOWN",
        "SHOULD",
        "An unknown path is answered 404 and an undeclared method 405, before any key is looked at.",
        "sources.md#order-of-checks",
    ),
    Requirement(
        "ALIAS-SAME",
        "SHOULD",
        "A second path to an operation does the same as the first.",
        "sources.md#published-document",
    ),
    Requirement(
        "UI-LINKAGE",
        "SHOULD",
        "In the web UI, choosing `config` chooses `bot` and `provider`; dropping either drops `config`.",
        "sources.md#web-ui",
    ),
    Requirement(
        "UI-NOT-LINKED",
        "SHOULD",
        "In the web UI nothing else follows: dropping `config` keeps `bot` and `provider`, other scopes stand alone.",
        "sources.md#web-ui",
    ),
    Requirement(
        "UI-SCOPES", "SHOULD", "The web UI offers exactly the scopes that a key can be granted.", "sources.md#web-ui"
    ),
    Requirement("UI-MEANINGS", "SHOULD", "The web UI says beside each scope what it opens.", "sources.md#web-ui"),
    Requirement(
        "UI-KEY-SCOPES",
        "SHOULD",
        "A key made in the web UI is granted the scopes that were chosen, and what follows from them.",
        "sources.md#web-ui",
    ),
    Requirement(
        "UI-KEY-ONCE", "SHOULD", "The web UI shows a new key when it is made, and never again.", "sources.md#web-ui"
    ),
    Requirement(
        "BEYOND-AUTH",
        "MUST",
        "An operation that is published with a scope and that no contract knows MUST reject a request without a key with 401, and an invalid key with 401 or 403.",
        "sources.md#rejected-credentials",
    ),
    Requirement(
        "BEYOND-SCOPE",
        "MUST",
        "A published operation that no contract knows MUST authorize keys with its published scope and no others; if the document names scopes for other operations and none for this one, it MUST be public or reject every developer key.",
        "sources.md#published-document",
    ),
    Requirement(
        "BEYOND-FORMS",
        "MUST",
        "On an operation beyond the contract no form of the request widens what a key with a single scope may do.",
        "sources.md#forms-of-a-request",
    ),
    Requirement(
        "SHAPE-ERRORS",
        "MUST",
        "An undeclared method and a failure of the server are answered with the error envelope too.",
        "sources.md#envelopes",
    ),
)

REQUIREMENTS: Mapping[str, Requirement] = MappingProxyType({requirement.id: requirement for requirement in _ALL})
"""Every requirement by its id, in the order of the contract."""
