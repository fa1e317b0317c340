"""The requirements of AstrBot HTTP API 4.26.0b8. Generated; do not edit."""

from collections.abc import Mapping
from types import MappingProxyType

from .vocabulary import Requirement

__all__ = ["REQUIREMENTS", "Requirement"]

_ALL: tuple[Requirement, ...] = (
    Requirement(
        "AUTH-BEARER",
        "MUST",
        "A key that is sent as `Authorization: Bearer` MUST be accepted.",
        "sources.md#keys-in-requests",
    ),
    Requirement(
        "AUTH-HEADER",
        "MUST",
        "A key that is sent as `X-API-Key` MUST be accepted, and MUST have the same rights as with `Authorization: Bearer`.",
        "sources.md#keys-in-requests",
    ),
    Requirement(
        "AUTH-REQUIRED",
        "MUST",
        "Every operation that requires a key MUST return 401 for a request without a key, or with an unknown, revoked, deleted or expired key.",
        "sources.md#rejected-credentials",
    ),
    Requirement(
        "AUTH-CARRIERS",
        "SHOULD",
        "A key SHOULD be accepted only in `Authorization: Bearer` and `X-API-Key`.",
        "sources.md#keys-in-requests",
    ),
    Requirement(
        "KEY-FORMAT",
        "MUST",
        "A new key MUST start with `abk_` and MUST be shown only once.",
        "sources.md#creating-keys",
    ),
    Requirement(
        "KEY-SCOPES",
        "MUST",
        "A key MUST be granted only scopes from the list of nine. `file`, `tool`, `skills`, `kb`, `data`, `system`, `*`, unknown names and an empty list MUST be rejected; the server MUST NOT drop any of them silently.",
        "sources.md#creating-keys",
    ),
    Requirement(
        "KEY-IMPLIES",
        "MUST",
        "A key whose creation names `config` MUST be granted `config`, `bot` and `provider`, whether `config` comes first or last, once or repeated, alone or next to other scopes.",
        "sources.md#scope-config",
    ),
    Requirement(
        "KEY-EXPIRY",
        "MUST",
        "A key MUST expire `expires_in_days` days after it is created. If the number is absent or null, the key MUST NOT expire; any other value that is not a positive integer MUST be rejected.",
        "sources.md#creating-keys",
    ),
    Requirement(
        "KEY-LISTED",
        "MUST",
        "The list of keys MUST show the scopes that each key has. A revoked key MUST stay in the list, marked as revoked; a deleted key MUST NOT.",
        "sources.md#creating-keys",
    ),
    Requirement(
        "KEY-ISOLATION",
        "MUST",
        "Creating, revoking or deleting a key MUST NOT change the rights of another key, whatever the names of the keys are.",
        "sources.md#creating-keys",
    ),
    Requirement(
        "SCOPE-REQUIRED",
        "MUST",
        "A key without the operation's scope MUST be rejected with 403 `Insufficient API key scope`.",
        "sources.md#scopes",
    ),
    Requirement(
        "SCOPE-SUFFICIENT",
        "MUST",
        "A key with the operation's scope MUST NOT be rejected with 401 or 403.",
        "sources.md#scopes",
    ),
    Requirement(
        "SCOPE-IMPLIES",
        "MUST",
        "A key with `config` MUST be authorized for every `bot` operation and every `provider` operation.",
        "sources.md#scope-config",
    ),
    Requirement(
        "SCOPE-NOT-IMPLIED",
        "MUST",
        "No other scope is implied: `bot` and `provider` together MUST NOT give `config`, and `config` MUST NOT give any scope other than `bot` and `provider`.",
        "sources.md#scope-config",
    ),
    Requirement(
        "SCOPE-CLOSED",
        "MUST",
        "Closed operations MUST reject every developer key, even one that has all nine scopes.",
        "sources.md#closed-operations",
    ),
    Requirement(
        "SCOPE-EVASION",
        "MUST",
        "The form of a request MUST NOT widen the rights of a key, be it the header form, HEAD, a method override, a trailing or doubled slash, upper case, or percent-encoding.",
        "sources.md#forms-of-a-request",
    ),
    Requirement(
        "SCOPE-NO-EFFECT",
        "MUST",
        "A rejected request MUST NOT change anything: the resource that it names is the same before and after.",
        "sources.md#order-of-checks",
    ),
    Requirement("CHAT-USERNAME", "MUST", "`POST /chat` MUST require `username`.", "sources.md#chat"),
    Requirement(
        "CHAT-STREAM",
        "MUST",
        "An accepted chat MUST return `text/event-stream`, every event MUST be well-formed, and the stream MUST end.",
        "sources.md#chat",
    ),
    Requirement(
        "CHAT-SESSION",
        "MUST",
        "Without `session_id` the server MUST create a session with a UUID; with it, the server MUST use that id. The session MUST then be in the list of its user.",
        "sources.md#chat",
    ),
    Requirement(
        "CHAT-PROFILE",
        "MUST",
        "A chat that names a nonexistent configuration profile MUST be rejected.",
        "sources.md#chat",
    ),
    Requirement("SESSIONS-USERNAME", "MUST", "`GET /chat/sessions` MUST require `username`.", "sources.md#sessions"),
    Requirement(
        "SESSIONS-PAGING",
        "MUST",
        "Pages MUST NOT overlap, MUST be complete together, and MUST hold at most `page_size` entries; `total` MUST be correct.",
        "sources.md#sessions",
    ),
    Requirement(
        "SESSIONS-OWNER",
        "MUST",
        "A request under one username MUST NOT see or continue a session of another username.",
        "sources.md#sessions",
    ),
    Requirement(
        "PROJECTS-OWNER",
        "MUST",
        "The server MUST NOT show a chat project to anybody but its owner, or let anybody else change or delete it.",
        "sources.md#chat-projects",
    ),
    Requirement(
        "MSG-FORMS",
        "MUST",
        "A string and an array of one `plain` segment with the same text MUST both be accepted, and MUST mean the same.",
        "sources.md#messages",
    ),
    Requirement(
        "MSG-SEGMENTS",
        "MUST",
        "Segments of every type MUST be accepted in any number and order, and MUST be stored as they were sent.",
        "sources.md#messages",
    ),
    Requirement(
        "MSG-TYPES",
        "MUST",
        "A segment of an unknown type MUST be rejected if it is alone, and SHOULD be rejected next to valid segments.",
        "sources.md#messages",
    ),
    Requirement(
        "MSG-FIELDS",
        "MUST",
        "A segment without a member that its type requires MUST be rejected if it is alone, and SHOULD be rejected next to valid segments.",
        "sources.md#messages",
    ),
    Requirement(
        "MSG-EMPTY",
        "MUST",
        "Empty content MUST be rejected on both operations that take a message.",
        "sources.md#messages",
    ),
    Requirement(
        "MSG-REPLY-ONLY",
        "MUST",
        "An array of `reply` segments only MUST be rejected on both operations that take a message.",
        "sources.md#messages",
    ),
    Requirement(
        "MSG-REPLY-CHAT", "SHOULD", "`reply` is for chat only; `/im/message` SHOULD reject it.", "sources.md#messages"
    ),
    Requirement(
        "MSG-ATTACHMENT",
        "MUST",
        "A segment that names a nonexistent attachment MUST be rejected.",
        "sources.md#messages",
    ),
    Requirement(
        "IM-FIELDS",
        "MUST",
        "`/im/message` MUST require `umo` and `message`; a `umo` MUST name a platform, a message type and a session.",
        "sources.md#im-messages",
    ),
    Requirement("IM-BOTS", "MUST", "`/im/bots` MUST list the ids of the bots.", "sources.md#im-messages"),
    Requirement(
        "JOURNEY-BOT",
        "MUST",
        "A key with only the scope `bot` MUST be able to create, list, read, change, enable, disable and delete a bot.",
        "sources.md#resources",
    ),
    Requirement(
        "JOURNEY-PROVIDER",
        "MUST",
        "A key with only the scope `provider` MUST be able to create, list, change, enable, disable and delete a provider, and to create, list, change and delete its source.",
        "sources.md#resources",
    ),
    Requirement(
        "JOURNEY-PERSONA",
        "MUST",
        "A key with only the scope `persona` MUST be able to create, move, read, change and delete a persona and a folder for personas.",
        "sources.md#resources",
    ),
    Requirement(
        "JOURNEY-IM",
        "MUST",
        "A key with only the scope `im` MUST be able to list the bots and to send a message.",
        "sources.md#im-messages",
    ),
    Requirement(
        "JOURNEY-CONFIG",
        "MUST",
        "A key with only the scope `config` MUST be able to create, read, rename and delete a profile, and to select it for a session.",
        "sources.md#resources",
    ),
    Requirement(
        "JOURNEY-CHAT",
        "MUST",
        "A key with only the scope `chat` MUST be able to start a chat, find it in the list, continue, read, rename and delete it.",
        "sources.md#chat",
    ),
    Requirement(
        "JOURNEY-PLUGIN",
        "MUST",
        "A key with only the scope `plugin` MUST be able to list and read plugins, and to add, list and remove a plugin source.",
        "sources.md#resources",
    ),
    Requirement(
        "JOURNEY-MCP",
        "MUST",
        "A key with only the scope `mcp` MUST be able to list, add and remove MCP servers; a server whose command is not allowed MUST be rejected.",
        "sources.md#resources",
    ),
    Requirement(
        "JOURNEY-SKILL",
        "MUST",
        "A key with only the scope `skill` MUST be able to upload, list, read, change, disable, download and delete a skill.",
        "sources.md#resources",
    ),
    Requirement(
        "SKILL-FILES",
        "MUST",
        "The operations on one skill MUST NOT show or change a file outside that skill.",
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
        "The server MUST publish a document that lists every operation of the contract and contradicts none of them.",
        "sources.md#published-document",
    ),
    Requirement("DOC-UI", "MUST", "The server MUST serve the interactive document.", "sources.md#published-document"),
    Requirement(
        "ROBUST-INPUT", "MUST", "The server MUST NOT return 5xx, whatever the input is.", "sources.md#server-errors"
    ),
    Requirement(
        "SHAPE-STATUS",
        "MUST",
        "The status and the media type of a response MUST be ones that the contract lists for the operation.",
        "sources.md#responses",
    ),
    Requirement(
        "SHAPE-ENVELOPE",
        "MUST",
        "Every JSON response MUST be one of the two envelopes, or the list of input errors.",
        "sources.md#envelopes",
    ),
    Requirement(
        "SHAPE-BODY", "MUST", "The body of a response MUST match the schema of its operation.", "sources.md#responses"
    ),
    Requirement(
        "NO-SECRETS",
        "SHOULD",
        "A response to a developer key SHOULD NOT contain credentials of the dashboard or signing secrets.",
        "sources.md#secrets",
    ),
    Requirement(
        "PATH-ID",
        "SHOULD",
        "The id in the path SHOULD decide which resource is read or changed, whatever id the body contains.",
        "sources.md#identifiers-in-paths",
    ),
    Requirement(
        "ROUTE-UNKNOWN",
        "SHOULD",
        "An unknown path SHOULD return 404 and an undeclared method 405, before the server checks any key.",
        "sources.md#order-of-checks",
    ),
    Requirement(
        "ALIAS-SAME",
        "SHOULD",
        "A second path to an operation SHOULD do the same as the first.",
        "sources.md#published-document",
    ),
    Requirement(
        "UI-LINKAGE",
        "SHOULD",
        "In the web UI, selecting `config` SHOULD also select `bot` and `provider`; clearing either of them SHOULD also clear `config`.",
        "sources.md#web-ui",
    ),
    Requirement(
        "UI-NOT-LINKED",
        "SHOULD",
        "In the web UI, no other scopes SHOULD be linked: clearing `config` keeps `bot` and `provider`, and every other scope is selected and cleared alone.",
        "sources.md#web-ui",
    ),
    Requirement(
        "UI-SCOPES",
        "SHOULD",
        "The web UI SHOULD offer exactly the scopes that a key can be granted.",
        "sources.md#web-ui",
    ),
    Requirement(
        "UI-MEANINGS", "SHOULD", "The web UI SHOULD show next to each scope what it opens.", "sources.md#web-ui"
    ),
    Requirement(
        "UI-KEY-SCOPES",
        "SHOULD",
        "A key that is created in the web UI SHOULD be granted the selected scopes and the scopes that they imply.",
        "sources.md#web-ui",
    ),
    Requirement(
        "UI-KEY-ONCE",
        "SHOULD",
        "The web UI SHOULD show a new key when it is created, and never again.",
        "sources.md#web-ui",
    ),
    Requirement(
        "BEYOND-AUTH",
        "MUST",
        "A published operation that has a scope and that no contract knows MUST reject a request without a key with 401, and an invalid key with 401 or 403.",
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
        "If no contract knows a published operation, the form of a request MUST NOT widen what a key with a single scope may do there.",
        "sources.md#forms-of-a-request",
    ),
)

REQUIREMENTS: Mapping[str, Requirement] = MappingProxyType({requirement.id: requirement for requirement in _ALL})
"""Every requirement by its id, in the order of the contract."""
