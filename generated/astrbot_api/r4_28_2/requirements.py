"""The normative sentences of AstrBot HTTP API 4.28.2. Generated; do not edit."""

from collections.abc import Mapping
from types import MappingProxyType

from ..vocabulary import Requirement

__all__ = ["REQUIREMENTS", "Requirement"]

_ALL: tuple[Requirement, ...] = (
    Requirement(
        "AUTH-BEARER", "MUST", "A key is accepted as `Authorization: Bearer`.", "product document, request header"
    ),
    Requirement(
        "AUTH-HEADER",
        "MUST",
        "A key is accepted as `X-API-Key`, with the same rights as `Authorization: Bearer`.",
        "product document, request header",
    ),
    Requirement(
        "AUTH-REQUIRED",
        "MUST",
        "No key, or an unknown, revoked, deleted or expired key: 401 on every keyed operation.",
        "product document, request header; behaviours 2",
    ),
    Requirement(
        "AUTH-CARRIERS",
        "SHOULD",
        "A key is taken from nowhere but `Authorization: Bearer` and `X-API-Key`.",
        "product document, request header",
    ),
    Requirement(
        "KEY-FORMAT",
        "MUST",
        "A created key starts with `abk_` and is shown only once.",
        "product document, request header; behaviours 5",
    ),
    Requirement(
        "KEY-SCOPES",
        "MUST",
        "Only the eleven scopes and the two sub-scopes can be granted; `tool skills kb system`, `*`, unknown names and an empty list are refused, none silently dropped.",
        "product document, table of scopes",
    ),
    Requirement(
        "KEY-IMPLIES",
        "MUST",
        "A key created with `config` is granted `config`, `bot` and `provider`, whatever the order, repetition or company.",
        "product document, config",
    ),
    Requirement(
        "KEY-EXPIRY",
        "MUST",
        "A key ends `expires_in_days` days after it was made, and without a number never; what is no whole number from 1 on is refused.",
        "behaviours 5",
    ),
    Requirement(
        "KEY-LISTED",
        "MUST",
        "A key is listed with the rights that it has; a revoked one stays listed as revoked, a deleted one does not.",
        "behaviours 5",
    ),
    Requirement(
        "KEY-ISOLATION",
        "MUST",
        "The rights of a key are its own: no other key, made, revoked or deleted, changes them, whatever it is called.",
        "product document, request header; behaviours 5",
    ),
    Requirement(
        "SCOPE-REQUIRED",
        "MUST",
        "Without the operation's scope: 403 `Insufficient API key scope`.",
        "product document, 403",
    ),
    Requirement(
        "SCOPE-SUFFICIENT",
        "MUST",
        "With the operation's scope: neither 401 nor 403.",
        "product document, table of scopes",
    ),
    Requirement(
        "SCOPE-IMPLIES",
        "MUST",
        "A `config` key enters every `bot` and every `provider` operation.",
        "product document, config",
    ),
    Requirement(
        "SCOPE-NOT-IMPLIED",
        "MUST",
        "Nothing else follows: `bot` and `provider` together do not give `config`; `config` gives no other scope.",
        "product document, config",
    ),
    Requirement(
        "SCOPE-CLOSED",
        "MUST",
        "The closed areas admit no developer key, not even one with all eleven scopes and both sub-scopes.",
        "product document, closed scopes",
    ),
    Requirement(
        "SCOPE-EVASION",
        "MUST",
        "The form of a request never widens rights: header form, HEAD, method override, trailing or doubled slash, upper case, percent-encoding.",
        "product document, table of scopes; behaviours 2, 11",
    ),
    Requirement(
        "SCOPE-NO-EFFECT",
        "MUST",
        "A refused request changes nothing, as reading back shows.",
        "product document, 403 and refused messages",
    ),
    Requirement("CHAT-USERNAME", "MUST", "`username` is required by `POST /chat`.", "product document, username"),
    Requirement(
        "CHAT-STREAM",
        "MUST",
        "An accepted chat answers with `text/event-stream`, every event well formed, and ends.",
        "product document, chat; event streams of the HTML standard; behaviours 6, 14",
    ),
    Requirement(
        "CHAT-SESSION",
        "MUST",
        "Without `session_id` a UUID is made; a given one is kept; the session then shows in its user's list.",
        "product document, session_id; behaviours 6",
    ),
    Requirement(
        "CHAT-PROFILE",
        "MUST",
        "A chat that names a configuration profile which is not there is refused.",
        "behaviours 6",
    ),
    Requirement(
        "SESSIONS-USERNAME", "MUST", "`username` is required by `GET /chat/sessions`.", "product document, username"
    ),
    Requirement(
        "SESSIONS-PAGING",
        "MUST",
        "Pages are disjoint, complete and within `page_size`; `total` is right.",
        "product document, paging; behaviours 7",
    ),
    Requirement(
        "SESSIONS-OWNER",
        "MUST",
        "One username neither sees nor continues another's session.",
        "product document, username; behaviours 6, 8",
    ),
    Requirement(
        "PROJECTS-OWNER", "MUST", "Nobody but its owner sees, changes or removes a chat project.", "behaviours 8"
    ),
    Requirement(
        "MSG-FORMS",
        "MUST",
        "A string and an equal chain of one `plain` are both accepted, and mean the same.",
        "product document, message",
    ),
    Requirement(
        "MSG-SEGMENTS",
        "MUST",
        "Segments of every type are accepted in any number and order, and kept as they were sent.",
        "product document, segment table; behaviours 6, 9, 14",
    ),
    Requirement(
        "MSG-TYPES",
        "MUST",
        "A segment of an unknown type is refused; beside valid segments it should be.",
        "product document, segment table",
    ),
    Requirement(
        "MSG-FIELDS",
        "MUST",
        "A segment without a field that its type requires is refused; beside valid segments it should be.",
        "product document, segment table",
    ),
    Requirement("MSG-EMPTY", "MUST", "Empty content is refused on both operations.", "product document, empty content"),
    Requirement(
        "MSG-REPLY-ONLY",
        "MUST",
        "A chain of nothing but `reply` is refused on both operations.",
        "product document, reply",
    ),
    Requirement(
        "MSG-REPLY-CHAT", "SHOULD", "`reply` belongs to chat; `/im/message` refuses it.", "product document, reply"
    ),
    Requirement(
        "MSG-ATTACHMENT",
        "MUST",
        "A segment naming an attachment that does not exist is refused.",
        "product document, attachment_id",
    ),
    Requirement(
        "IM-FIELDS",
        "MUST",
        "`umo` and `message` are required by `/im/message`; a `umo` names a platform, a kind of message and a session.",
        "product document, im/message; behaviours 9",
    ),
    Requirement("IM-BOTS", "MUST", "`/im/bots` lists the ids of bots.", "product document, im/bots"),
    Requirement(
        "JOURNEY-BOT",
        "MUST",
        "With the scope `bot` alone a bot is created, listed, read, changed, switched and deleted.",
        "product document, table of scopes",
    ),
    Requirement(
        "JOURNEY-PROVIDER",
        "MUST",
        "With the scope `provider` alone a source and a provider are created, listed, changed, switched and deleted.",
        "product document, table of scopes",
    ),
    Requirement(
        "JOURNEY-PERSONA",
        "MUST",
        "With the scope `persona` alone a folder and a persona are created, moved, read, changed and deleted.",
        "product document, table of scopes",
    ),
    Requirement(
        "JOURNEY-IM",
        "MUST",
        "With the scope `im` alone the bots are listed and a message is sent.",
        "product document, im flow",
    ),
    Requirement(
        "JOURNEY-CONFIG",
        "MUST",
        "With the scope `config` alone a profile is created, read, renamed, chosen for a session and deleted.",
        "product document, table of scopes",
    ),
    Requirement(
        "JOURNEY-CHAT",
        "MUST",
        "With the scope `chat` alone a chat is begun, found in the list, gone on with, read, renamed and deleted.",
        "product document, chat flow",
    ),
    Requirement(
        "JOURNEY-PLUGIN",
        "MUST",
        "With the scope `plugin` alone plugins are listed and read, and a plugin source is added, listed and removed.",
        "product document, table of scopes",
    ),
    Requirement(
        "JOURNEY-MCP",
        "MUST",
        "With the scope `mcp` alone servers are listed, one that may not be run is refused, others come and go.",
        "product document, table of scopes",
    ),
    Requirement(
        "JOURNEY-SKILL",
        "MUST",
        "With the scope `skill` alone a skill is uploaded, listed, read, changed, switched off, downloaded and deleted.",
        "product document, table of scopes",
    ),
    Requirement(
        "SKILL-FILES", "MUST", "By way of one skill no file outside of it is shown or changed.", "behaviours 10"
    ),
    Requirement(
        "T2I-SANDBOX",
        "SHOULD",
        "A template that reads the class of a value SHOULD be rejected with 400.",
        "AstrBot pull request 8077, which is part of every release of this contract",
    ),
    Requirement(
        "DOC-OPENAPI",
        "MUST",
        "The published document is served, lists every operation of the contract, and contradicts none.",
        "product document, openapi.json",
    ),
    Requirement("DOC-UI", "MUST", "The interactive document is served.", "product document, docs"),
    Requirement("ROBUST-INPUT", "MUST", "No input, however odd, gets a 5xx.", "HTTP semantics, 15.6"),
    Requirement(
        "SHAPE-STATUS",
        "MUST",
        "An answer has a status and a media type that the contract names for its operation.",
        "behaviours 12, 14",
    ),
    Requirement(
        "SHAPE-ENVELOPE",
        "MUST",
        "Every JSON answer is one of the two envelopes, or the list of what the input does wrong.",
        "behaviours, envelopes; 12",
    ),
    Requirement(
        "SHAPE-BODY",
        "MUST",
        "What an answer carries fits the schema of its operation.",
        "measured answers of each operation",
    ),
    Requirement(
        "NO-SECRETS",
        "SHOULD",
        "No answer to a developer key carries dashboard credentials or signing secrets.",
        "behaviours 10",
    ),
    Requirement(
        "PATH-ID",
        "SHOULD",
        "The id in the path decides which resource is touched, whatever the body says.",
        "HTTP semantics, 9.3.4; behaviours 10",
    ),
    Requirement(
        "ROUTE-UNKNOWN",
        "SHOULD",
        "An unknown path is answered 404 and an undeclared method 405, before any key is looked at.",
        "HTTP semantics, 15.5.5 and 15.5.6; behaviours 3",
    ),
    Requirement(
        "ALIAS-SAME",
        "SHOULD",
        "A second path to an operation does the same as the first.",
        "published document; measured answers of both",
    ),
    Requirement(
        "UI-LINKAGE",
        "SHOULD",
        "In the web UI, choosing `config` chooses `bot` and `provider`; dropping either drops `config`.",
        "product document, config",
    ),
    Requirement(
        "UI-NOT-LINKED",
        "SHOULD",
        "In the web UI nothing else follows: dropping `config` keeps `bot` and `provider`, other scopes stand alone.",
        "product document, config",
    ),
    Requirement(
        "UI-SCOPES",
        "SHOULD",
        "The web UI offers exactly the scopes that a key can be granted.",
        "product document, table of scopes and closed scopes",
    ),
    Requirement(
        "UI-MEANINGS", "SHOULD", "The web UI says beside each scope what it opens.", "product document, table of scopes"
    ),
    Requirement(
        "UI-KEY-SCOPES",
        "SHOULD",
        "A key made in the web UI is granted the scopes that were chosen, and what follows from them.",
        "product document, scopes of a key",
    ),
    Requirement(
        "UI-KEY-ONCE", "SHOULD", "The web UI shows a new key when it is made, and never again.", "behaviours 5"
    ),
    Requirement(
        "BEYOND-AUTH",
        "MUST",
        "An operation that is published with a scope and that no contract knows MUST reject a request without a key with 401, and an invalid key with 401 or 403.",
        "product document, request header",
    ),
    Requirement(
        "BEYOND-SCOPE",
        "MUST",
        "A published operation that no contract knows MUST authorize keys with its published scope and no others; if the document names scopes for other operations and none for this one, it MUST be public or reject every developer key.",
        "product document, table of scopes; published document",
    ),
    Requirement(
        "BEYOND-FORMS",
        "MUST",
        "On an operation beyond the contract no form of the request widens what a key with a single scope may do.",
        "product document, table of scopes; behaviours 2, 11",
    ),
    Requirement(
        "SHAPE-ERRORS",
        "MUST",
        "An undeclared method and a failure of the server are answered with the error envelope too.",
        "behaviours 3, 12, 13",
    ),
    Requirement(
        "KEY-SUB-SCOPES",
        "MUST",
        "A sub-scope is granted only beside the scope that it needs, and is in no default.",
        "behaviours 5; published document",
    ),
    Requirement(
        "CHAT-ADMIN",
        "MUST",
        "A chat under the username of an administrator is refused unless the key holds `chat:admin`.",
        "behaviours 6; published document",
    ),
    Requirement(
        "CONFIG-ADMIN",
        "MUST",
        "A change of the list of administrators is refused unless the key holds `config:edit_admin`.",
        "published document; measured answers",
    ),
)

REQUIREMENTS: Mapping[str, Requirement] = MappingProxyType({requirement.id: requirement for requirement in _ALL})
"""Every requirement by its id, in the order of the contract."""
