"""An MCP server on loopback, over streamable HTTP: its tools return text, fail, are slow, draw, or return nothing."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from astrbot_reference.serving import running
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
ANSWERS: dict[str, dict[str, Any]] = {
    "weather": {"content": [{"type": "text", "text": "rain \u2602"}]},
    "mishap": {"content": [{"type": "text", "text": "it fell over"}], "isError": True},
    "delay": {"content": [{"type": "text", "text": "at last"}]},
    "drawing": {"content": [{"type": "image", "data": PIXEL, "mimeType": "image/png"}]},
    "silence": {"content": []},
}
DELAY = 2.2  # seconds
SCHEMA = {"type": "object", "properties": {"place": {"type": "string", "description": "Where."}}}


@contextmanager
def offering() -> Iterator[str]:
    """The address of the server on a free port of 127.0.0.1, as long as the block lasts."""
    app = FastAPI()

    @app.post("/mcp")
    async def take(request: Request) -> Response:
        message = await request.json()
        if "id" not in message:
            return Response(status_code=202)
        result = await _result(message["method"], message.get("params") or {})
        return JSONResponse({"jsonrpc": "2.0", "id": message["id"], "result": result})

    with running(app=app) as base:
        yield f"{base}/mcp"


async def _result(method: str, parameters: dict[str, Any]) -> dict[str, Any]:
    match method:
        case "initialize":
            about = {"name": "tools", "version": "1"}
            return {
                "protocolVersion": parameters["protocolVersion"],
                "capabilities": {"tools": {}},
                "serverInfo": about,
            }
        case "tools/list":
            return {"tools": [{"name": name, "description": name, "inputSchema": SCHEMA} for name in ANSWERS]}
        case "tools/call":
            await asyncio.sleep(DELAY if parameters["name"] == "delay" else 0)
            return ANSWERS[parameters["name"]]
    return {}
