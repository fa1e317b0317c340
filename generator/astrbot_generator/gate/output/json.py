"""JSON for programs; the schema is fixed: format 1."""

from __future__ import annotations

import json
from typing import Any

from astrbot_generator.gate.finding import Judgement
from astrbot_generator.printable import printable_json


def render(judgement: Judgement) -> str:
    """Returns the judgement as JSON."""
    report: dict[str, Any] = {
        "format": 1,
        "verdict": judgement.verdict,
        "findings": [finding.as_json() for finding in judgement.findings],
    }
    if judgement.base is None:
        report["base"] = None  # nothing was compared
    return printable_json(json.dumps(report, ensure_ascii=False, indent=2)) + "\n"
