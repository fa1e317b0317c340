"""The names of AstrBot's credentials, and the scopes that may read what a run plants. Knows AstrBot."""

import re
from collections.abc import Mapping

from astrbot_api.scopes import Scope

from astrbot_conformance.passive.credential_search import CredentialSearch
from astrbot_conformance.passive.planted_secrets import PlantedSecretSearch
from astrbot_conformance.secret import PLANTED

shows_no_secret = CredentialSearch(
    secret_names=re.compile(
        r"(jwt|signing|cookie|csrf|totp|dashboard)_?(secret|key|password|token|pass)(_?key|_?hash)?"
        r"|password_?hash|hashed_?password|pbkdf2_\w+|recovery_?codes?(_?hash(es)?)?|secret_key",
        re.IGNORECASE,
    ),
    own_names=re.compile(r"jwt_?secret|dashboard_?(secret|key|password|token|pass)|pbkdf2_\w+", re.IGNORECASE),
    area="dashboard",
    names_in_area=re.compile(r"\w*(password|passwd|secret|token|totp|recovery|hash|salt)\w*", re.IGNORECASE),
    common_names=frozenset({"secret_key"}),
    top_areas=frozenset({"data", "config"}),
    foreign_areas=re.compile(
        r"(bot|platform|provider|plugin|mcp)\w*|content_safety|sources?|env|headers", re.IGNORECASE
    ),
    foreign_tags=frozenset({"mcp", "plugin-config", "plugin-pages"}),
    links=frozenset({"content_path"}),  # the link to a page of a plugin; its token is valid for a minute
)

READERS: Mapping[
    str, frozenset[str]
] = {  # what holds a planted secret -> the scopes whose operations show it; `config` implies some of them
    "PROVIDER": frozenset({Scope.PROVIDER}),
    "PROVIDER_SOURCE": frozenset({Scope.PROVIDER}),
    "BOT": frozenset({Scope.BOT}),
    "PERSONA": frozenset({Scope.PERSONA, "data"}),  # the rules of message sessions list the personas with their prompts
    "CHAT": frozenset({Scope.CHAT, "data"}),  # the conversations contain the text of chats
    "CHAT_PROJECT": frozenset({Scope.CHAT}),
    "CONFIGURATION": frozenset({Scope.CONFIG}),
    "MCP_SERVER": frozenset({Scope.MCP}),
    "PLUGIN": frozenset({Scope.PLUGIN}),
}
shows_no_planted_secret = PlantedSecretSearch({PLANTED + name: scopes for name, scopes in READERS.items()})
