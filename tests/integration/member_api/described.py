"""Compares every answer of the sandbox with openapi.yml, whichever test asked for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import yaml
from aiohttp import web

import member_api

OPENAPI = yaml.safe_load((Path(member_api.__file__).parent / "openapi.yml").read_text(encoding="utf-8"))
VERSION = "/v1"
PLANNED_NONSENSE = {"lines": "demain", "id": 7}


class Described:
    """Notes in *faults* every answer under ``/v1`` that openapi.yml does not describe; fields it does not name included."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    @property
    def middleware(self) -> Any:
        """Give the middleware that looks at answers on their way out."""
        @web.middleware
        async def look(request: web.Request, handler: Any) -> web.StreamResponse:
            response = await handler(request)
            resource = request.match_info.route.resource
            if request.path.startswith(f"{VERSION}/") and resource is not None and isinstance(response, web.Response):
                self._compare(request.method.lower(), resource.canonical.removeprefix(VERSION), response)
            return response
        return look

    def _compare(self, method: str, path: str, response: web.Response) -> None:
        answer = json.loads(response.body) if isinstance(response.body, bytes) else None
        if answer == PLANNED_NONSENSE:
            return
        expected = OPENAPI["paths"].get(path, {}).get(method, {}).get("responses", {}).get(str(response.status))
        if expected is None and response.status < 500:
            self.faults.append(f"{method} {path} answers {response.status}, which is not described")
        elif expected is not None:
            self.faults += [f"{method} {path}: {problem}" for problem in problems(expected, answer)]


def problems(expected: dict[str, Any], answer: object) -> list[str]:
    """Say where *answer* differs from the described response *expected*."""
    described = expected if "$ref" not in expected else OPENAPI["components"]["responses"][expected["$ref"].rsplit("/", 1)[1]]
    schema = next(iter(described["content"].values()))["schema"]
    found = jsonschema.Draft202012Validator({**schema, "components": closed(OPENAPI["components"])}, format_checker=jsonschema.FormatChecker())
    return [f"{error.json_path} {error.message[:200]}" for error in found.iter_errors(answer)]


def closed(components: dict[str, Any]) -> dict[str, Any]:
    """Refuse, for a test, what a described object does not name."""
    schemas = {name: {**schema, "additionalProperties": False} if schema.get("type") == "object" and "properties" in schema else schema
               for name, schema in components["schemas"].items()}
    return {**components, "schemas": schemas}
