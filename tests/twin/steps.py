"""The steps that are sent to a real AstrBot and to the reference server, generated from the contract.

A step has the name of its operation and of its case. A real server keeps every resource, so it must be disposable.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation
from astrbot_conformance.chat.chats import Chats
from astrbot_conformance.http import UNKNOWN_ID, HttpRequest, HttpResponse, Key, Target, asking, harmless
from astrbot_conformance.http.request import JSON_TYPE
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.client import ResourceClient
from astrbot_conformance.resources.kind import ResourceKind, path_values
from astrbot_conformance.resources.kinds import kinds, mcp_servers, plugins_of

from tests.twin.facts import Facts, facts_of
from tests.twin.scenarios import scenarios

SUCCESS = "success"
# The success of these operations needs a service that a fresh server on loopback does not reach.
ELSEWHERE = frozenset(
    "register_bot get_embedding_dimension get_embedding_dimension_by_id list_market_plugins install_plugin_from_github "
    "install_plugin_from_url install_plugin_from_git check_plugin_repository set_plugin_source update_plugin "
    "update_plugins sync_modelscope_mcp_servers list_neo_candidates evaluate_neo_candidate get_neo_payload "
    "promote_neo_candidate list_neo_releases rollback_neo_release sync_neo_release list_workspace_files "
    "get_workspace_file download_workspace_file".split()
)


@dataclass
class Walk:
    """Sends all steps to one target, and collects their facts by operation and case."""

    contract: Contract
    target: Target
    keys: KeyRing
    chats: Chats
    model: str
    facts: dict[tuple[str, str], Facts] = field(default_factory=dict)  # by operation and case
    missed: list[str] = field(default_factory=list)

    def go(self) -> None:
        """Send all steps; the refusals first, because a fresh server has no resources."""
        for operation in self.contract.keyed:
            for case, request, key in refusals(operation, self.contract, self.keys):
                self._note(case, self.target.send(request, key))
        self.target.observers.append(self._note_success)
        reached = self.target.options.known_mcp_server
        others = (mcp_servers(self.contract, reached), plugins_of(self.target, self.contract))
        for kind in (*kinds(self.contract), *others):
            self._live(ResourceClient(kind, self.target, self.keys.weakest(kind.scope), Cleanup(self.target)))
        for scenario in scenarios(self.contract):
            try:
                scenario(self.target, self.keys, self.chats, self.model)
            except NotJudged as reason:  # a request was not accepted: its step has no success
                self.missed.append(str(reason))

    def _live(self, client: ResourceClient) -> None:
        """Create, show, change and remove resources of a kind, by each path."""
        kind = client.kind
        for number, removal in enumerate(kind.ways(kind.remove)):
            name = f"conform-{self.chats.run}-{kind.slug}-{number}"
            id = client.create(name, "made by a conformance run")
            if number == 0 and kind.id == kind.called:
                self._note("existing name", self.target.send(kind.making(id), client.key))
            for request in steps_on(kind, id):
                self.target.send(request, client.key)
            for aside in kind.asides(id, f"{name}-aside"):
                for request in filter(None, (aside.attempt, aside.showing, aside.removal)):
                    self.target.send(request, client.key)
            self.target.send(kind.removing(id, removal), client.key)

    def _note_success(self, response: HttpResponse) -> None:
        if response.is_accepted and response.request.operation.id not in ELSEWHERE:
            self._note(SUCCESS, response)

    def _note(self, case: str, response: HttpResponse) -> None:
        operation = self.contract.by_id.get(response.request.operation.id)
        if operation is not None and operation.scope is not None:
            step = operation.id, case
            self.facts[step] = self.facts.get(step, frozenset()) | facts_of(response, self.contract)


def refusals(operation: Operation, contract: Contract, keys: KeyRing) -> Iterator[tuple[str, HttpRequest, Key | None]]:
    """The requests of an operation on a fresh server, each with its case: refusals, and the success of a plain read."""
    probe, key = harmless(operation), keys.weakest(operation.scope)
    yield "no key", probe, None
    yield "insufficient key", probe, keys.strongest_without(operation.scope)
    if operation.id == "reload_plugin":  # reloads every plugin if it does not know the id
        return
    named = any(parameter.param_in == "path" for parameter in operation.parameters)
    if operation.body is None:
        yield "nonexistent id" if named or operation.probe_query else "on a fresh server", probe, key
    else:
        yield "invalid body", probe, key
        yield "no body", replace(probe, body=None, headers=()), key
        if operation.body.pointer and contract.resolve(operation.body.pointer).get("required"):
            yield "missing member", replace(probe, headers=(JSON_TYPE,), body=b"{}"), key
    if any(parameter.required and parameter.param_in == "query" for parameter in operation.parameters):
        in_query = [p.name for p in operation.parameters if p.required and p.param_in == "query"]
        yield "nonexistent id", replace(probe, query=tuple((name, UNKNOWN_ID) for name in in_query)), key
        yield "no query", replace(probe, query=()), key
    elif operation.side_effect != "external" and (named or operation.alias_of):
        example = example_of(operation, contract)
        if example is not None:
            path = path_values(operation, UNKNOWN_ID)
            yield "nonexistent id", asking(operation, path=path, json_body=example), key


def example_of(operation: Operation, contract: Contract) -> Any:
    """The example of the JSON body in the contract; None if there is none."""
    if operation.body is None or "application/json" not in operation.body.media_types:
        return None
    body = contract.document()["paths"][operation.path][operation.method.lower()]["requestBody"]
    while "$ref" in body:
        body = contract.resolve(body["$ref"])
    return body["content"]["application/json"].get("example")


def steps_on(kind: ResourceKind, id: str) -> Iterator[HttpRequest]:
    """Requests on an existing resource: all reads of it, and all ways to change and switch it."""
    yield asking(kind.listing)
    yield kind.showing(id)
    named = {parameter.name for parameter in kind.remove.parameters if parameter.required}
    for operation in kind.contract.keyed:
        required = {parameter.name for parameter in operation.parameters if parameter.required}
        if operation.side_effect == "read" and operation.body is None and required == named:
            yield asking(operation, values=dict.fromkeys(required, id))
    for change in kind.ways(kind.change):
        yield kind.marking(change, id, "changed by a conformance run")
    for switch in kind.ways(kind.switch):
        yield kind.changing(switch, id, {"enabled": kind.idle and kind.to})
