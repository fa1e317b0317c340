"""The configuration of the installation, and the profiles next to it."""

from __future__ import annotations

import uuid

from astrbot_api.contract import Contract

from astrbot_reference.catalogue import catalogue
from astrbot_reference.refusal import Refusal
from astrbot_reference.release import described

from .store import JsonObject, Store

KIND = "config_profile"
DEFAULT = "default"
# The sections that differ between releases, and the component of each.
SECTIONS = {"provider_settings": "ProviderSettings", "provider_ltm_settings": "GroupMemorySettings"}
# Only their own operations change them.
ELSEWHERE = ("provider", "provider_sources", "platform")
# A key that may read the configuration must not learn the credentials of the dashboard.
CREDENTIALS = ("password", "pbkdf2_password", "jwt_secret")


class ProfileStore:
    """The stored profiles. The one with the id `default` is the configuration of the installation; it always exists.

    A profile is `{id, name, config}`.
    """

    def __init__(self, store: Store, contract: Contract) -> None:
        self._store = store
        self._contract = contract
        stored = self.all() or [{"id": DEFAULT, "name": DEFAULT, "config": {}}]
        for profile in stored:  # another release may have omitted a section that this one needs
            store.put(KIND, profile["id"], profile | {"config": self.usual() | profile["config"]})

    def usual(self) -> JsonObject:
        """The default configuration."""
        whole = described(self._contract, "Configuration", catalogue("configuration"))
        return whole | {name: described(self._contract, of, whole[name]) for name, of in SECTIONS.items()}

    def all(self) -> list[JsonObject]:
        """Every profile, the default one first."""
        return self._store.all(KIND)

    def listed(self) -> list[JsonObject]:
        """Every profile without its configuration, the default one first."""
        return [self.shown(profile) for profile in self.all()]

    @staticmethod
    def shown(profile: JsonObject) -> JsonObject:
        """A profile without its configuration; its path exists on this server only."""
        path = "cmd_config.json" if profile["id"] == DEFAULT else f"abconf_{profile['id']}.json"
        return {"id": profile["id"], "name": profile["name"], "path": path}

    def find(self, id: str) -> JsonObject:
        """The profile of this id. Raises Refusal if there is none."""
        return self._store.find(KIND, id, f"Config profile {id} not found")

    def create(self, name: str | None, config: JsonObject | None) -> str:
        """Create a profile with this configuration or the default one, and return its id."""
        id = str(uuid.uuid4())
        whole = self.usual() if config is None else without_credentials(config)
        self._store.put(KIND, id, {"id": id, "name": id[:8] if name is None else name, "config": whole})
        return id

    def rename(self, id: str, name: str | None) -> None:
        """Rename a profile; None changes nothing. Raises Refusal for the default profile and for an unknown id."""
        profile = self._other_than_default(id)
        if name is not None:
            self._store.put(KIND, id, profile | {"name": name})

    def change(self, id: str, change: JsonObject) -> None:
        """Replace the given members. Raises Refusal if the id is unknown."""
        profile = self.find(id)
        taken = {name: value for name, value in change.items() if name not in ELSEWHERE}
        self._store.put(KIND, id, profile | {"config": profile["config"] | without_credentials(taken)})

    def remove(self, id: str) -> None:
        """Delete a profile. Raises Refusal for the default profile and for an unknown id."""
        self._other_than_default(id)
        self._store.remove(KIND, id)

    def _other_than_default(self, id: str) -> JsonObject:
        if id == DEFAULT:
            raise Refusal("The default profile cannot be renamed or deleted")
        return self.find(id)


def without_credentials(config: JsonObject) -> JsonObject:
    """A configuration without the credentials of the dashboard, which are neither stored nor shown."""
    dashboard = config.get("dashboard")
    if not isinstance(dashboard, dict):
        return config
    stored = {name: value for name, value in dashboard.items() if name not in CREDENTIALS}
    if isinstance(stored.get("totp"), dict):
        stored["totp"] = {name: value for name, value in stored["totp"].items() if name == "enable"}
    return config | {"dashboard": stored}
