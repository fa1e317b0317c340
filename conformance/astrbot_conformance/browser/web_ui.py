"""The web UI for the checks: its observations in a language. The tour runs once, at the first request."""

import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from astrbot_conformance.browser.observed import Observed, Result
from astrbot_conformance.keys.dashboard import Dashboard
from astrbot_conformance.keys.key_ring import delete_keys
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.secret import Secret
from astrbot_conformance.verdict.picture import Language, Picture

if TYPE_CHECKING:
    from astrbot_conformance.browser.tour import WebUiTour  # it requires Playwright


class WebUi:
    """The web UI of the target. Keys that are created there are named like keys of the run."""

    def __init__(self, tour: "WebUiTour", dashboard: Dashboard, names: str) -> None:
        """Observe by `tour` and read back on `dashboard`. names: the prefix of key names in the run."""
        self._tour = tour
        self._dashboard = dashboard
        self._names = f"{names}ui-"
        self._results: Mapping[Language, Result] = {}
        self._created: list[str] = []

    def observed(self, language: Language) -> Observed:
        """The observations in a language. NotJudged if the dialog that creates keys was not found."""
        self._results = self._results or self._run_tour()
        observed, _ = self._results[language]
        if isinstance(observed, NotJudged):
            raise observed
        return observed

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """All pictures of the tour."""
        return tuple(picture for _, pictures in self._results.values() for picture in pictures)

    def close(self) -> list[str]:
        """Remove the created keys; return the ids of those that remain."""
        return delete_keys(self._dashboard, self._created)

    def _run_tour(self) -> Mapping[Language, Result]:
        """Run the tour in its own thread, so that Ctrl-C does not interrupt the browser; `stop` ends it instead."""
        stop = threading.Event()
        with ThreadPoolExecutor(1, thread_name_prefix="browser") as pool:
            results = pool.submit(self._tour.run, self._names, self._granted, stop)
            try:
                return results.result()
            finally:
                stop.set()

    def _granted(self, secret: Secret) -> frozenset[str]:
        """The scopes of a new key, identified by its listed prefix if there is one, else by its name."""
        text = secret.reveal()
        for key in self._dashboard.listed_keys():
            key_id, prefix = str(key.get("key_id")), str(key.get("key_prefix") or "")
            known = text.startswith(prefix) if prefix else str(key.get("name")).startswith(self._names)
            if known and key_id not in self._created:
                self._created.append(key_id)
                return frozenset(map(str, key.get("scopes") or ()))
        raise NotJudged("the list of keys does not contain the key that the web UI created")


class NoWebUi(WebUi):
    """The web UI if it is not judged."""

    def __init__(self, reason: str) -> None:
        """Begin with the reason why it is not judged."""
        self._reason = reason
        self._results = {}

    def observed(self, language: Language) -> Observed:  # noqa: ARG002  the web UI is not judged
        """Raise NotJudged."""
        raise NotJudged(self._reason, by_choice=True)

    def close(self) -> list[str]:
        """Return an empty list: no keys were created."""
        return []
