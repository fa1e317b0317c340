"""The files of a report, by name."""

from collections.abc import Mapping

from astrbot_conformance.report import html, json, junit, markdown, sarif
from astrbot_conformance.verdict.judgement import Report


def files_of(report: Report) -> Mapping[str, str]:
    """The text of each file that a run writes."""
    return {
        "report.json": json.render(report),
        "junit.xml": junit.render(report),
        "report.html": html.render(report),
        "report.sarif": sarif.render(report),
        "summary.md": markdown.render(report),
    }
