"""One change of a component is one group of findings, however many operations and parts use it."""

from __future__ import annotations

from pathlib import Path

from astrbot_generator.gate.finding import Judgement
from astrbot_generator.gate.output import github, markdown, text
from astrbot_generator.gate.output.groups import grouped

from tests.generator.gate.small import INTEGER, STRING, Json, document, found, lists, objects

THING = {"$ref": "#/components/schemas/Thing"}


def _used_everywhere(schema: Json) -> Json:
    """Returns a document with 20 operations that use a component in two responses."""
    shapes = {"200": objects({"data": lists(THING)}), "400": THING}
    answers = {
        status: {"description": "It.", "content": {"application/json": {"schema": shape}}}
        for status, shape in shapes.items()
    }
    paths = {f"/things{index}": {"get": {"responses": answers}} for index in range(20)}
    return document(schemas={"Thing": objects({"name": schema})}) | {"paths": paths}


def test_one_group_for_one_cause(tmp_path: Path) -> None:
    """The group names its operations and the component; accepting it accepts all its findings."""
    findings = found(tmp_path, _used_everywhere(STRING), _used_everywhere(INTEGER))

    breaking = [group for group in grouped(findings) if group.first.level == "breaking"]

    assert [(len(group.findings), len(group.named)) for group in breaking] == [(40, 20)]
    assert breaking[0].operations == "GET /things0 and 19 more operations"
    assert breaking[0].message.endswith("(`Thing`, in 40 places)")
    assert {finding.shared_fingerprint for finding in breaking[0].findings} == {breaking[0].fingerprint}


def test_outputs_show_it_once(tmp_path: Path) -> None:
    """The outputs for people show the group once."""
    findings = found(tmp_path, _used_everywhere(STRING), _used_everywhere(INTEGER))
    judgement = Judgement(tuple(findings), "old", "new")

    for output in (text, github, markdown):
        assert output.render(judgement).count("response-type-widened") <= 2
