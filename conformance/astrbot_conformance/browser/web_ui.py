"""The web UI for the checks: its observations in a language. The tour runs once, at the first request."""

import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from astrbot_conformance.browser.observed import Glance, Sight
from astrbot_conformance.keys.dashboard import Dashboard
from astrbot_conformance.keys.key_ring import delete_keys
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.secret import Secret
from astrbot_conformance.verdict.picture import Language, Picture

if TYPE_CHECKING:
    from astrbot_conformance.browser.tour import Looker  # it requires Playwright


class WebUi:
    """The web UI of the target. Keys that are created there are named like keys of the run."""

    def __init__(self, looker: "Looker", dashboard: Dashboard, names: str) -> None:
        """Observe with `looker` and read back on `dashboard`. names: the prefix of key names in the run."""
        self._looker = looker
        self._dashboard = dashboard
        self._names = f"{names}ui-"
        self._glances: Mapping[Language, Glance] = {}
        self._made: list[str] = []

    def sight(self, language: Language) -> Sight:
        """The observations in a language. NotJudged if the dialog that creates keys was not found."""
        self._glances = self._glances or self._look()
        sight, _ = self._glances[language]
        if isinstance(sight, NotJudged):
            raise sight
        return sight

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """All pictures of the tour."""
        return tuple(picture for _, pictures in self._glances.values() for picture in pictures)

    def close(self) -> list[str]:
        """Remove the created keys; return the ids of those that remain."""
        return delete_keys(self._dashboard, self._made)

    def _look(self) -> Mapping[Language, Glance]:
        """Run the tour in its own thread, so that Ctrl-C does not interrupt the browser; `stop` ends it instead."""
        stop = threading.Event()
        with ThreadPoolExecutor(1, thread_name_prefix="browser") as pool:
            look = pool.submit(self._looker.look, self._names, self._granted, stop)
            try:
                return look.result()
            finally:
                stop.set()

    def _granted(self, secret: Secret) -> frozenset[str]:
        """The scopes of a new key, identified by its listed prefix if there is one, else by its name."""
        text = secret.reveal()
        for key in self._dashboard.listed_keys():
            key_id, prefix = str(key.get("key_id")), str(key.get("key_prefix") or "")
            known = text.startswith(prefix) if prefix else str(key.get("name")).startswith(self._names)
            if known and key_id not in self._made:
                self._made.append(key_id)
                return frozenset(map(str, key.get("scopes") or ()))
        raise NotJudged("the key that the web UI made is not listed")


class NoWebUi(WebUi):
    """The web UI if it is not judged."""

    def __init__(self, reason: str) -> None:
        """Begin with the reason why it is not judged."""
        self._reason = reason
        self._glances = {}

    def sight(self, language: Language) -> Sight:  # noqa: ARG002  the web UI is not judged
        """Raise NotJudged."""
        raise NotJudged(self._reason, by_choice=True)

    def close(self) -> list[str]:
        """Return an empty list: no keys were created."""
        return []
