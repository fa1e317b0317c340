"""A generated model and the JSON Schema that it came from agree on every instance."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from astrbot_api import models
from astrbot_api.releases import BASE, NEWEST
from astrbot_api.validation import document, resolve, validator_at
from hypothesis import HealthCheck, given, settings
from pydantic import ValidationError

from tests.generated.packages import PACKAGES, module
from tests.instances import instances

COMPONENTS = [
    (release, name)
    for release in PACKAGES
    for name in module(release, "validation").document()["components"]["schemas"]
    if release == BASE or getattr(module(release, "models"), name) is not getattr(models, name, None)
]
"""(release, component) of every class; what the newest release shares with the base stands there once."""


def accepts(model: Any, value: Any) -> bool:
    """Whether a model takes a value."""
    try:
        model.model_validate(value)
    except ValidationError:
        return False
    return True


@pytest.mark.slow
@pytest.mark.parametrize(("release", "name"), COMPONENTS)
def test_a_model_takes_what_its_schema_accepts(release: str, name: str) -> None:
    """Model and schema give the same verdict on valid values and on values that are one change away from them.

    What the model then gives back is still valid: absent and null are not taken for one another.
    """
    validation = module(release, "validation")
    model, schema, whole = getattr(module(release, "models"), name), validation.validator(name), validation.document()

    @settings(max_examples=8, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(instances(whole, whole["components"]["schemas"][name]))
    def agree(value: Any) -> None:
        assert accepts(model, value) == schema.is_valid(value), json.dumps(value)
        if schema.is_valid(value):
            assert schema.is_valid(model.model_validate(value).model_dump(mode="json", by_alias=True)), json.dumps(
                value
            )

    agree()


def test_what_is_shared_is_the_same() -> None:
    """A class that the newest release takes from the base stands for the same schema in both, with all it refers to."""
    newest, base = module(NEWEST, "validation").document()["components"]["schemas"], document()["components"]["schemas"]
    own = {name for release, name in COMPONENTS if release == NEWEST}
    shared = [name for name in newest if name not in own]

    assert len(shared) > 100
    for name in shared:
        assert newest[name] == base[name], name
        assert not own & {reference.split("/")[3] for reference in references(newest[name])}, name


def references(node: Any) -> Iterator[str]:
    """Every reference to a component schema at or below a node."""
    for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        if isinstance(value, str) and value.startswith("#/components/schemas/"):
            yield value
        yield from references(value)


def examples(node: Any, pointer: str = "#") -> Iterator[tuple[str, Any]]:
    """Every example of a media type: (pointer of its schema, the example)."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inner:
        below = f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"
        if key == "content" and isinstance(value, dict):
            for name, media in value.items():
                if not (isinstance(media, dict) and "schema" in media):
                    continue
                where = f"{below}/{name.replace('/', '~1')}/schema"
                if "example" in media and "json" in name:
                    yield where, media["example"]
                for named in media.get("examples", {}).values() if "json" in name else ():
                    yield where, named["value"]
        yield from examples(value, below)


EXAMPLES = list(examples(document()))


@pytest.mark.parametrize(("pointer", "example"), EXAMPLES, ids=[pointer for pointer, _ in EXAMPLES])
def test_every_example_fits_its_schema_and_model(pointer: str, example: Any) -> None:
    """Each example of the contract is accepted by its schema, and by the model where the schema is a component."""
    schema = resolve(pointer)

    assert validator_at(pointer).is_valid(example)
    if set(schema) == {"$ref"}:
        assert accepts(getattr(models, schema["$ref"].rpartition("/")[2]), example)


def test_there_are_examples() -> None:
    """The contract has an example for most of its operations, so that the test above has something to say."""
    assert len(EXAMPLES) > 150


def test_a_refusal_says_where_and_why() -> None:
    """What a model raises carries the kind and the place of each problem; the place of a missing member names it."""
    with pytest.raises(ValidationError) as refusal:
        models.ErrorEnvelope.model_validate({"status": "ok"})

    problems = {(problem["type"], problem["loc"]) for problem in refusal.value.errors()}
    assert problems == {("schema_const", ("status",)), ("missing", ("message",))}


def test_models_are_made_of_models() -> None:
    """A model can be made in Python out of other models; the whole is judged by the schema."""
    answer = models.Done(status="ok", message="Saved", data=models.NoData())

    assert answer.model_dump(mode="json") == {"status": "ok", "message": "Saved", "data": {}}
    with pytest.raises(ValidationError):
        models.Done(status="ok", message=None, data=models.NoData())  # type: ignore[arg-type]
