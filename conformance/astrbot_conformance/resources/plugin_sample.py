"""A small plugin of the run, with all parts that the operations on plugins need."""

import io
import json
import zipfile

TEXT_ITEM, FILE_ITEM, PAGE, ASSET = "greeting", "pictures", "board", "odds.json"
ROUTE_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
CONFIGURATION = {
    TEXT_ITEM: {"description": "What to say first.", "type": "string", "default": "hello"},
    FILE_ITEM: {"description": "Pictures to show.", "type": "file", "default": [], "file_types": ["png"]},
}
CODE = """\
from astrbot.api.event import AstrMessageEvent, filter
from astrbot.api.star import Context, Star, register


@register("{name}", "conform", "Made by a conformance run.", "1.0.0")
class Sample(Star):
    def __init__(self, context: Context, config=None):
        super().__init__(context)
        context.register_web_api("/{name}/echo", self.echo, {methods}, "Says ok.")

    async def echo(self):
        return {{"status": "ok", "message": None, "data": {{}}}}

    @filter.command("{name}")
    async def greet(self, event: AstrMessageEvent):
        "Says hello."
        yield event.plain_result("hello")
"""


def plugin_archive(name: str, code: str = CODE) -> bytes:
    """The archive of a plugin of that name with a readme, a configuration, a page, a command, and routes.

    `code` has the fields `name` and `methods`.
    """
    metadata = f"name: {name}\nauthor: conform\nversion: 1.0.0\ndesc: Made by a conformance run.\n"
    files = {
        "metadata.yaml": metadata,
        "main.py": code.format(name=name, methods=json.dumps(ROUTE_METHODS)),
        "README.md": "# Sample\n",
        "CHANGELOG.md": "## 1.0.0\n\nThe first.\n",
        "_conf_schema.json": json.dumps(CONFIGURATION),
        f"pages/{PAGE}/index.html": "<!doctype html>\n<title>Sample</title>\n",
        f"pages/{PAGE}/{ASSET}": '{"six": 0.1667}\n',
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, text in files.items():
            archive.writestr(zipfile.ZipInfo(f"{name}/{path}"), text)
    return packed.getvalue()
