"""The OpenAPI document: ninja's own, completed with what a reader and the national REST profile want to know."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse

from resursnav.foundation.people.tokens import SCOPES
from resursnav.foundation.rest.door import KEY_FACTOR
from resursnav.foundation.rest.problems import MEDIA_TYPE

from .assembly import VERSION, api

# What each status means to whoever calls.
MEANINGS = {
    "200": "Here it is.",
    "201": "It was made; here it is.",
    "304": "Nothing has changed since the answer with the ETag that was sent.",
    "400": "What was sent cannot be read as JSON.",
    "401": "The key does not open anything, or a key is needed.",
    "403": "The key lacks the scope, or the role of its person lacks the right.",
    "404": "There is nothing here, or nothing that the caller may see.",
    "412": "Somebody has changed it since it was read: read it again, and send the new ETag.",
    "413": "What was sent is too large.",
    "422": "A value is wrong; `errors` says which.",
    "428": "If-Match is missing.",
    "429": "Too many questions in one minute; Retry-After says how long to wait.",
    "500": "Something broke here. It has been noted; try again later.",
}
# The headers that come with an answer, by its status.
_TEXT = {"schema": {"type": "string"}}
HEADERS: dict[str, dict[str, Any]] = {
    "200": {"ETag": {"description": "A mark of the answer."} | _TEXT},
    "201": {
        "ETag": {"description": "A mark of the answer."} | _TEXT,
        "Location": {"description": "Where it is from now on."} | _TEXT,
    },
    "401": {"WWW-Authenticate": {"description": "How to show a key."} | _TEXT},
    "429": {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}},
}
ABOUT = (
    "The open interface of a Swedish regional digital resource centre: organisations, learning resources and the "
    "curriculum. What is public is read without a key, {minute} times a minute; a key (made on one's own page) lets a "
    "program act as its person, within the scopes chosen for it. Lists come in pages: follow `next` until it is null. "
    "Answers carry an ETag; send it back in If-None-Match to be told when nothing has changed, and in If-Match when "
    "you change something, so that nobody's work is written over. Refusals are "
    "application/problem+json (RFC 9457) with a JSON Pointer to each wrong value, in Swedish or, by Accept-Language, "
    "in English. Days are dates, moments are "
    "RFC 3339 with an offset. A field may be added at any time; nothing is taken away or changes "
    "its meaning within v1."
)


@cache
def described() -> dict[str, Any]:
    """The document. It is the same for everybody, so it is made once."""
    prefix = reverse("api:root").rstrip("/")
    made: dict[str, Any] = api.get_openapi_schema(path_prefix="")
    paths = {"/" + path.lstrip("/"): operations for path, operations in made["paths"].items()}
    for operations in paths.values():
        for operation in operations.values():
            _complete(operation, made["components"]["schemas"])
    made["components"]["securitySchemes"] = {
        "key": {
            "type": "http",
            "scheme": "bearer",
            "description": "A key made on one's own page. Scopes: " + ", ".join(sorted(SCOPES)) + ".",
        }
    }
    return {
        "openapi": made["openapi"],
        "info": _info(),
        "externalDocs": {"description": "A page for people", "url": settings.BASE_URL + reverse("api:docs")},
        "servers": [{"url": settings.BASE_URL + prefix}],
        "tags": [{"name": name, "description": about} for name, about in TAGS.items()],
        "paths": paths,
        "components": made["components"],
    }


TAGS = {
    "organisations": "The tree: regions, municipalities, departments and units.",
    "resources": "The catalogue: resources, the search and collections; new drafts, changes and withdrawals.",
    "stock": "What the centre has on its shelves: holdings that can be booked, and their items.",
    "lending": "When something can be had at a unit, and what is booked: book, change and cancel.",
    "rights": "May we, how, until when: asked for many resources at once.",
    "agreements": "What is agreed with whom, and what it gives whom the right to.",
    "curriculum": "Subjects and the points that teaching shall cover, as they hold today.",
    "api-info": "The interface itself.",
    "streaming": "Class codes for pupils, and how much is streamed under agreements.",
}


def _info() -> dict[str, Any]:
    return {
        "title": f"Resursnav, {settings.CENTRE_NAME}",
        "version": VERSION,
        "description": ABOUT.format(minute=settings.API_PER_MINUTE),
        "contact": {"name": settings.CENTRE_NAME, "email": settings.CENTRE_EMAIL, "url": settings.BASE_URL},
        "license": {"name": "CC0 1.0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"},
    }


def _complete(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Problems in their own media type, examples, every status in words, and who may call."""
    operation["summary"] = operation["description"].partition(".")[0].partition(":")[0]
    for status, answer in operation["responses"].items():
        answer["description"] = MEANINGS.get(str(status), answer["description"])
        if int(status) >= 400 and "content" in answer:
            answer["content"] = {MEDIA_TYPE: answer["content"].popitem()[1]}
        if headers := HEADERS.get(str(status)):
            answer["headers"] = headers
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "header":  # without it the answer is 428, in words of ours instead of ninja's
            parameter["required"] = True
            parameter["schema"] = {"type": "string", "title": parameter["schema"].get("title", "")}
    for part in (operation.get("requestBody", {}), *operation["responses"].values()):
        for content in part.get("content", {}).values():
            named = schemas.get(content["schema"].get("$ref", "").rpartition("/")[2], {})
            if named.get("examples"):
                content["examples"] = {"example": {"value": named["examples"][0]}}
    operation["responses"] = {str(status): answer for status, answer in sorted(operation["responses"].items())}
    if any(method in operation["operationId"] for method in ("list_", "show_")):
        operation["responses"]["304"] = {"description": MEANINGS["304"]}
        operation.setdefault("security", [{}, {"key": []}])
    else:
        operation.setdefault("security", [{"key": []}])


@dataclass(frozen=True)
class Field:
    """One value as the page for people shows it: `shape` is the shape that it holds, if it holds one."""

    name: str
    type: str
    shape: str
    description: str


@dataclass(frozen=True)
class Operation:
    """One operation as the page for people shows it; `sends` and `gives` are names of shapes."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    parameters: list[Field]
    sends: str
    gives: str
    answers: list[tuple[str, str]]
    open: bool


def readable() -> dict[str, Any]:
    """The document as the page shows it: operations in groups, and the shapes of what goes in and comes out."""
    whole = described()
    groups: list[tuple[dict[str, str], list[Operation]]] = []
    for tag in whole["tags"]:
        found = [
            _operation(whole, method, path, operation)
            for path, operations in whole["paths"].items()
            for method, operation in operations.items()
            if tag["name"] in operation["tags"]
        ]
        groups.append((tag, found))
    shapes = [
        (name, _plain(schema.get("description", "")), [_field(whole, *each) for each in schema["properties"].items()])
        for name, schema in sorted(whole["components"]["schemas"].items())
        if "properties" in schema
    ]
    server = whole["servers"][0]["url"]
    return {
        "server": server,
        "minute": settings.API_PER_MINUTE,
        "minute_with_key": settings.API_PER_MINUTE * KEY_FACTOR,
        "groups": groups,
        "shapes": shapes,
        "scopes": SCOPES,
    }


def _operation(whole: dict[str, Any], method: str, path: str, operation: dict[str, Any]) -> Operation:
    answer = next(a for status, a in operation["responses"].items() if status.startswith("2"))
    return Operation(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=_plain(operation["summary"]),
        description=_plain(operation["description"]),
        parameters=[_field(whole, each["name"], each["schema"]) for each in operation["parameters"]],
        sends=shape_of(operation.get("requestBody", {}).get("content", {}).get("application/json", {})),
        gives=shape_of(answer["content"]["application/json"]),
        answers=sorted((status, _plain(each["description"])) for status, each in operation["responses"].items()),
        open={} in operation["security"],
    )


def _field(whole: dict[str, Any], name: str, schema: dict[str, Any]) -> Field:
    said = _plain(resolved(whole, schema).get("description", ""))
    usual = schema.get("default")
    if usual not in (None, "", []):
        said = f"{said} Usually {str(usual).lower()}.".strip()
    held = shape_of({"schema": schema})
    known = "properties" in whole["components"]["schemas"].get(held, {})
    return Field(name, type_of(whole, schema), held if known else "", said)


def shape_of(content: dict[str, Any]) -> str:
    """The name of the shape that a body, an answer or a field holds, perhaps many times; "" when it holds none."""
    schema = content.get("schema", {})
    inner = [schema, schema.get("items", {}), *schema.get("anyOf", [])]
    return next((str(each["$ref"]).rpartition("/")[2] for each in inner if "$ref" in each), "")


def _plain(text: str) -> str:
    return " ".join(text.replace("`", "").split())


def resolved(whole: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The schema behind a reference; what is said beside the reference wins."""
    if "$ref" not in schema:
        return schema
    target: dict[str, Any] = whole["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return {**target, **{name: value for name, value in schema.items() if name != "$ref"}}


def type_of(whole: dict[str, Any], schema: dict[str, Any]) -> str:
    """The type in a few words."""
    if "anyOf" in schema:
        return " | ".join(type_of(whole, each) for each in schema["anyOf"])
    found = resolved(whole, schema)
    if "enum" in found:
        return " | ".join(f"“{value}”" for value in found["enum"])
    if found.get("type") == "array":
        return f"list of {type_of(whole, found.get('items', {}))}"
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2].removesuffix("Out")
    return " ".join(filter(None, [str(found.get("type", "any")), found.get("format", "")]))
