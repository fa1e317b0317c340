"""Narrowing a violation down changes the time to report it, not what is reported."""

from __future__ import annotations

import json
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import ValidationError

from tests.generator.making import load, schemas
from tests.generator.test_schema_agreement import SHAPES
from tests.instances import JSON, instances

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """The package made from all shapes."""
    return load(tmp_path_factory.mktemp("focus"), schemas(**SHAPES))


def reported(error: ValidationError) -> set[tuple[Any, ...]]:
    """The locations and messages of an error."""
    return {(problem["loc"], problem["msg"]) for problem in error.errors()}


@pytest.mark.parametrize("name", SHAPES)
def test_the_same_violations_are_reported(name: str, package: ModuleType) -> None:
    """A model reports what the list of all violations of the whole value says."""
    model, compiled = getattr(package.models, name), package.validation.validator(name)
    document = package.validation.document()

    @settings(max_examples=30, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(instances(document, document["components"]["schemas"][name]) | JSON)
    def agree(value: Any) -> None:
        if compiled.is_valid(value):
            return
        lines = package.conforming.line_errors(compiled.iter_errors(value))
        whole = ValidationError.from_exception_data(name, lines, hide_input=True)
        with pytest.raises(ValidationError) as rejection:
            model.model_validate(value)
        assert reported(rejection.value) == reported(whole), json.dumps(value)

    agree()
