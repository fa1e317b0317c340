"""What checks ask of the web UI: what was to be seen in a language. It is looked at once, when first asked for."""

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
    from astrbot_conformance.browser.tour import Looker  # which needs Playwright


class WebUi:
    """The web UI of the target. The keys that are made there are called as those of the run."""

    def __init__(self, looker: "Looker", dashboard: Dashboard, names: str) -> None:
        """Look with `looker` and read back on `dashboard`. names: how the keys of the run begin."""
        self._looker = looker
        self._dashboard = dashboard
        self._names = f"{names}ui-"
        self._glances: Mapping[Language, Glance] = {}
        self._made: list[str] = []

    def sight(self, language: Language) -> Sight:
        """What was to be seen in a language. NotJudged where the dialog that makes keys was not found."""
        self._glances = self._glances or self._look()
        sight, _ = self._glances[language]
        if isinstance(sight, NotJudged):
            raise sight
        return sight

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """All that were taken."""
        return tuple(picture for _, pictures in self._glances.values() for picture in pictures)

    def close(self) -> list[str]:
        """Remove the keys that were made; the ids of those that stayed."""
        return delete_keys(self._dashboard, self._made)

    def _look(self) -> Mapping[Language, Glance]:
        """A look in a thread of its own, where no Ctrl-C interrupts the browser: it is told to stop instead."""
        stop = threading.Event()
        with ThreadPoolExecutor(1, thread_name_prefix="browser") as pool:
            look = pool.submit(self._looker.look, self._names, self._granted, stop)
            try:
                return look.result()
            finally:
                stop.set()

    def _granted(self, secret: Secret) -> frozenset[str]:
        """The scopes of a key that was just made, known by its beginning where that is listed, else by its name."""
        text = secret.reveal()
        for key in self._dashboard.listed_keys():
            key_id, prefix = str(key.get("key_id")), str(key.get("key_prefix") or "")
            known = text.startswith(prefix) if prefix else str(key.get("name")).startswith(self._names)
            if known and key_id not in self._made:
                self._made.append(key_id)
                return frozenset(map(str, key.get("scopes") or ()))
        raise NotJudged("the key that the web UI made is not listed")


class NoWebUi(WebUi):
    """Stands where nobody looks at the web UI."""

    def __init__(self, reason: str) -> None:
        """Say why to whoever asks."""
        self._reason = reason
        self._glances = {}

    def sight(self, language: Language) -> Sight:  # noqa: ARG002  nobody looks
        """Nothing: NotJudged."""
        raise NotJudged(self._reason, by_choice=True)

    def close(self) -> list[str]:
        """Nothing was made."""
        return []
