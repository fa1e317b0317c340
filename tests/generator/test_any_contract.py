"""Any OpenAPI 3.1 contract can be generated from, whatever it is called and however it is put together."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from pydantic import ValidationError

from tests.generated.derived import facts
from tests.generator.making import load, make, schemas
from tests.generator.pets import PETS

pytestmark = pytest.mark.slow


class Pets:
    """A service that says what it was given."""

    def __init__(self, api: ModuleType) -> None:
        self.api = api
        self.given: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        async def method(**arguments: Any) -> Any:
            self.given = {"method": name, **arguments}
            models, answers = self.api.models, self.api.server.answers
            given_back: dict[str, Any] = {
                "get_root": answers.Raw("hello", "text/plain"),
                "get_pets": [models.Pet(name="Rex")],
                "post_pets": models.Pet(name="Rex"),
                "get_pets_by_pet_id": models.Gone("gone"),
                "put_pets_by_pet_id": None,
                "delete_pets_by_pet_id": None,
            }
            return given_back.get(name, {})

        return method


class Everybody:
    """A caller who may write."""

    scopes = frozenset({"write:pets"})


async def let_in(operation: Any, credentials: Any) -> Everybody:
    """Lets everybody in."""
    return Everybody()


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """The package made from the contract of pets."""
    return load(tmp_path_factory.mktemp("pets"), PETS)


@pytest.fixture(scope="module")
def service(api: ModuleType) -> Pets:
    """What serves the pets."""
    return Pets(api)


@pytest.fixture(scope="module")
def app(api: ModuleType, service: Pets) -> FastAPI:
    """The pets, served."""
    application = FastAPI(openapi_url=None)
    names = api.server.Services.__dataclass_fields__
    api.server.mount(application, api.server.Services(**dict.fromkeys(names, service)), let_in)
    return application


def ask(app: FastAPI, method: str, path: str, **options: Any) -> httpx2.Response:
    """One request."""

    async def send() -> httpx2.Response:
        transport = httpx2.ASGITransport(app)
        async with httpx2.AsyncClient(
            transport=transport, base_url="http://pets", cookies=options.pop("cookies", None)
        ) as client:
            return await client.request(method, path, **options)

    return asyncio.run(send())


def test_ids_tags_and_arguments_are_derived(api: ModuleType) -> None:
    """Operations without an id or a tag get both from what they are; names that Python cannot have are changed."""
    assert [operation.id for operation in api.operations.OPERATIONS] == [
        "get_root",
        "get_pets",
        "post_pets",
        "get_pets_by_pet_id",
        "put_pets_by_pet_id",
        "delete_pets_by_pet_id",
        "post_pets_by_pet_id_photos",
        "post_login",
    ]
    assert set(api.server.Services.__dataclass_fields__) == {"default", "the_pets"}


def test_the_derived_document_equals_the_contract(api: ModuleType, app: FastAPI) -> None:
    """Also here: parameters in all four places, five kinds of bodies, six kinds of security."""
    derived = facts(api.server.derive(app))
    ids = {f"{operation.method} {operation.path}": operation.id for operation in api.operations.OPERATIONS}
    named = {
        **PETS,
        "paths": {
            path: {
                method: value | {"operationId": ids[f"{method.upper()} {path}"]} if isinstance(value, dict) else value
                for method, value in item.items()
            }
            for path, item in PETS["paths"].items()
        },
    }

    assert derived == facts(named)


def test_parameters_reach_the_service(app: FastAPI, service: Pets) -> None:
    """Lists, lists in one text, choices, defaults, headers and cookies; what does not fit is a 422."""
    query = "/pets?tags=a&tags=b&ids=1,2&class=true"
    answer = ask(app, "GET", query, headers={"X-Trace": "t", "Authorization": "Bearer x"}, cookies={"session": "s"})

    assert (answer.status_code, answer.json()) == (200, [{"name": "Rex"}])
    assert {name: value for name, value in service.given.items() if name not in ("caller", "method")} == {
        "limit": 5,
        "tags": ["a", "b"],
        "ids": [1, 2],
        "kind": "cat",
        "class_": True,
        "session": "s",
        "x_trace": "t",
    }
    for wrong in ("/pets?limit=0", "/pets?limit=x", "/pets?kind=cow", "/pets?ids=1,x", "/pets/0"):
        assert ask(app, "GET", wrong, headers={"Authorization": "Bearer x"}).status_code == 422, wrong


def test_bodies_reach_the_service(app: FastAPI, service: Pets) -> None:
    """JSON as a model, a form as a form, anything else as bytes."""
    made = ask(app, "POST", "/pets", json={"name": "Rex"}, auth=("me", "secret"))
    assert (made.status_code, service.given["body"].name) == (201, "Rex")

    kept = ask(app, "PUT", "/pets/1", content=b"\x00\x01", headers={"Content-Type": "image/png"})
    assert (kept.status_code, kept.content, service.given["body"]) == (204, b"", b"\x00\x01")

    ask(app, "POST", "/pets/1/photos", files={"photo": ("a.png", b"bytes")}, data={"width": "3"})
    assert service.given["body"].file("photo").content == b"bytes"
    assert service.given["body"].text("width") == "3"
    for data in ({"width": "3"}, {"photo": "x", "width": "y"}):
        assert ask(app, "POST", "/pets/1/photos", data=data).status_code == 422

    assert ask(app, "POST", "/login", data={"user": "me"}).status_code == 200
    assert ask(app, "POST", "/login", data={"user": "x"}).status_code == 422


def test_other_answers(app: FastAPI) -> None:
    """Text, a union, nothing."""
    assert ask(app, "GET", "/").text == "hello"
    assert ask(app, "GET", "/pets/1").json() == "gone"
    assert ask(app, "DELETE", "/pets/1").status_code == 200


ODD_NAMES = {
    "book-list": {"type": "string"},
    "2nd": {"type": "integer"},
    "class": {"type": "string"},
    "Any": {"type": "string"},
    "BaseModel": {"type": "object", "properties": {"x": {"$ref": "#/components/schemas/Any"}}},
    "list": {"type": "array", "items": {"$ref": "#/components/schemas/2nd"}},
    "snake_case": {"type": "boolean"},
    "a.b.C": {"type": "null"},
}
CLASSES = {
    "book-list": "BookList",
    "2nd": "Model2nd",
    "class": "class_",
    "Any": "Any_",
    "BaseModel": "BaseModel_",
    "list": "list_",
    "snake_case": "snake_case",
    "a.b.C": "ABC",
}


def test_components_of_any_name_become_classes(tmp_path: Path) -> None:
    """A component keeps its name where that can be a class; each class still knows its schema."""
    api = load(tmp_path, schemas(**ODD_NAMES))

    for name, own in CLASSES.items():
        assert hasattr(api.models, own), name
    assert api.models.Model2nd.model_validate(5).root == 5
    with pytest.raises(ValidationError):
        api.models.list_.model_validate(["x"])
    with pytest.raises(ValidationError):
        api.models.ABC.model_validate(0)


def test_generated_code_passes_the_type_checker(tmp_path: Path) -> None:
    """The strict type checker has nothing to say about code made from any of these contracts."""
    for name, value in {"pets": PETS, "names": schemas(**ODD_NAMES)}.items():
        out = make(tmp_path / name, value)
        checked = subprocess.run(
            [sys.executable, "-m", "mypy", "--strict", f"--cache-dir={tmp_path}/cache", str(out / "astrbot_api")],
            capture_output=True,
            text=True,
            check=False,
            cwd=out,
        )

        assert checked.returncode == 0, checked.stdout
