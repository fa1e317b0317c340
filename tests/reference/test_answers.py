"""Every operation is served by a method whose type says what it returns.

That the content fits the schema, the stubs check on each response; a run of the suite has a success of every operation
(tests/conformance/test_faults.py).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import fields
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import astrbot_api.server
import pytest
from astrbot_api import releases
from astrbot_api.operation import Operation
from astrbot_api.server import Json
from astrbot_reference import Settings, later
from astrbot_reference import stubs as newest
from astrbot_reference.auth import Authentication
from astrbot_reference.clock import utc_now
from astrbot_reference.context import Context
from astrbot_reference.overrides import Overrides
from astrbot_reference.services import services
from astrbot_reference.stores.account import Account
from astrbot_reference.stores.key_store import KeyStore
from astrbot_reference.stores.logins import Logins
from astrbot_reference.stores.store import Store
from astrbot_reference.threads import Threads


def ground(release: str) -> Context:
    """What the services of a release are made with."""
    contract, store, threads = releases.contract(release), Store(), Threads(quick_store=True)
    keys = KeyStore(store, utc_now, contract)
    account = Account(store, Settings(password="a long password"))
    authentication = Authentication(account, keys, contract, threads, Logins(utc_now, 60))
    made = Context if release == releases.BASE else later.Context
    return made(store, utc_now, contract, keys, authentication, threads, AsyncExitStack(), Overrides())


def names(annotation: Any) -> set[str]:
    """The names of the models, or of the other types, that a return type consists of."""
    if get_origin(annotation) in {Union, UnionType}:
        return set().union(*map(names, get_args(annotation)))
    if get_origin(annotation) in {Json, AsyncIterator}:
        return names(get_args(annotation)[0])
    return set() if annotation is Any else {annotation.__name__}


def returned(method: Any) -> set[str]:
    """The names of what a method returns by its type."""
    return names(get_type_hints(method)["return"])


def serving(service: Any, operation: Operation) -> Any:
    """The method that serves an operation: that of the first path, if the stub of a second path calls it."""
    method = getattr(service, operation.id)
    if operation.alias_of and method.__module__.startswith("astrbot_api."):
        return getattr(service, operation.alias_of)
    return method


@pytest.mark.parametrize("release", [releases.BASE, releases.NEWEST])
def test_methods_return_what_the_contract_declares(release: str) -> None:
    """For every operation that a key or nobody needs a dashboard for, the types name the same models."""
    context, contract = ground(release), releases.contract(release)
    server = astrbot_api.server if release == releases.BASE else newest.server
    made: Any = (services if release == releases.BASE else later.services)(context, dict)
    protocols = get_type_hints(server.Services)
    compared, wrong = set[str](), dict[str, tuple[set[str], set[str]]]()
    for field in fields(made):
        protocol = get_origin(protocols[field.name]) or protocols[field.name]
        for id in vars(protocol).keys() & contract.by_id.keys():
            declared, operation = returned(getattr(protocol, id)), contract.by_id[id]
            if operation.closed_scope is None:
                compared.add(id)
                served = returned(serving(getattr(made, field.name), operation))
                if not served <= declared:
                    wrong[id] = served, declared

    assert wrong == {}
    assert compared == {operation.id for operation in contract.operations if operation.closed_scope is None}
