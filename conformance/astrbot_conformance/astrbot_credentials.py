"""The names of AstrBot's credentials, which no response to a developer key may show. Knows AstrBot."""

import re

from astrbot_conformance.passive.credential_search import CredentialSearch

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
