"""The document keeps the rules of the national REST API profile (1.2.0) that must be kept and that a document can show.

The numbers are the profile's own. Digg's own tool needs Node, so the same questions are asked here.
"""

import re
from copy import deepcopy

import pytest

from resursnav.site.api import document

JSON, PROBLEM = "application/json", "application/problem+json"
# Headers that HTTP itself gives a meaning; what is asked for and sent never travels in one.
STANDARD_HEADERS = {"If-Match"}
SNAKE = re.compile(r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")


def operations(whole):
    for path, methods in whole["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", method, operation


def faults(whole):
    """What breaks the profile, as "RULE: where"."""
    areas = (of_documentation, of_addresses, of_parameters, of_messages, of_errors, of_security)
    return [fault for area in areas for fault in area(whole)]


def of_documentation(whole):
    info = whole.get("info", {})
    needed = {"": info, "contact": info.get("contact", {}), "license": info.get("license", {})}
    names = {"": ("title", "version", "description"), "contact": ("name", "url", "email"), "license": ("name", "url")}
    for part, values in needed.items():
        yield from (f"DOK.03: info.{part} {name}" for name in names[part] if not values.get(name))
    if not {"description", "url"} <= set(whole.get("externalDocs", {})):
        yield "DOK.01: externalDocs"
    if not whole.get("openapi", "").startswith("3.1"):
        yield "DOK.17: openapi"
    for where, _method, operation in operations(whole):
        if not operation.get("description"):
            yield f"DOK.19: {where}"
        answers = {**operation["responses"], "body": operation.get("requestBody", {"description": "none"})}
        for status, answer in answers.items():
            if status != "body" and not answer.get("description"):
                yield f"DOK.20: {where} {status}"
            content = answer.get("content", {}).get(JSON)
            if content is not None and not content.get("examples"):
                yield f"DOK.15: {where} {status}"


def of_addresses(whole):
    for server in whole["servers"]:
        if not re.search(r"/[a-z-]+/v\d+$", server["url"]):
            yield f"UFN.01, VER.05: {server['url']}"
    if "/api-info" not in whole["paths"]:
        yield "VER.06: no api-info"
    for path in whole["paths"]:
        fixed = re.sub(r"\{[^}]*\}", "", path)
        if not re.fullmatch(r"[a-z0-9\-./~]*", fixed) or "_" in path:
            yield f"UFN.07, UFN.08, UFN.09: {path}"


def of_parameters(whole):
    for where, method, operation in operations(whole):
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "query":
                if not SNAKE.match(parameter["name"]):
                    yield f"FNS.01, FNS.03: {where} {parameter['name']}"
                if parameter.get("required"):
                    yield f"FNS.05: {where} {parameter['name']}"
                if parameter["name"] == "limit" and parameter["schema"].get("default") != 20:
                    yield f"FNS.09: {where}"
            elif parameter["in"] == "header" and parameter["name"] not in STANDARD_HEADERS:
                yield f"ARQ.05: {where} {parameter['name']}"
        if method == "get" and "requestBody" in operation:
            yield f"FOR.02: {where}"


def of_messages(whole):
    for name, schema in whole["components"]["schemas"].items():
        for field, told in schema.get("properties", {}).items():
            if not SNAKE.match(field):
                yield f"AME.05, AME.07: {name}.{field}"
            kinds = [told, *told.get("anyOf", [])]
            formats = {kind.get("format") for kind in kinds if kind.get("type") == "string"}
            if field.endswith(("_at", "_since")) and "date-time" not in formats:
                yield f"DOT.04: {name}.{field}"
            if field.endswith("_date") and "date" not in formats:
                yield f"DOT.04: {name}.{field}"
    for where, _method, operation in operations(whole):
        for status, answer in operation["responses"].items():
            if int(status) < 400 and answer.get("content") and set(answer["content"]) != {JSON}:
                yield f"AME.01: {where} {status}"


def of_errors(whole):
    for where, _method, operation in operations(whole):
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                schema = answer.get("content", {}).get(PROBLEM, {}).get("schema")
                if schema is None:
                    yield f"FEL.02: {where} {status}"
                elif not {"type", "title", "status", "detail", "instance"} <= set(fields(whole, schema)):
                    yield f"FEL.01: {where} {status}"


def fields(whole, schema):
    return document.resolved(whole, schema).get("properties", {})


def of_security(whole):
    schemes = whole["components"].get("securitySchemes", {})
    if not any(scheme.get("scheme") == "bearer" for scheme in schemes.values()):
        yield "SAK.10: no bearer"
    for name, scheme in schemes.items():
        if scheme.get("scheme") in {"basic", "digest"}:
            yield f"SAK.09: {name}"
    for where, _method, operation in operations(whole):
        if "security" not in operation:
            yield f"SAK.10: {where}"


@pytest.fixture
def whole():
    return deepcopy(document.described())


def test_it_keeps_the_national_profile(whole):
    assert list(faults(whole)) == []


def test_it_is_reached_over_https_where_it_matters(whole, settings):
    """UFN.02: the document's server is the site's own address, which is https on every real site."""
    settings.BASE_URL = "https://resurs.example.se"
    document.described.cache_clear()
    try:
        assert document.described()["servers"] == [{"url": "https://resurs.example.se/api/v1"}]
    finally:
        document.described.cache_clear()


LISTED = ("paths", "/organisations", "get")


@pytest.mark.parametrize(
    ("rule", "path", "value"),
    [
        ("DOK.03", ("info", "contact", "email"), ""),
        ("DOK.01", ("externalDocs",), {}),
        ("DOK.17", ("openapi",), "3.0.3"),
        ("DOK.19", (*LISTED, "description"), ""),
        ("DOK.20", (*LISTED, "responses", "200", "description"), ""),
        ("DOK.15", (*LISTED, "responses", "200", "content", JSON, "examples"), {}),
        ("UFN.01", ("servers",), [{"url": "https://example.org"}]),
        ("VER.06", ("paths", "/api-info"), None),
        ("UFN.08", ("paths", "/big_things"), {}),
        ("UFN.07", ("paths", "/BigThings"), {}),
        ("FNS.01", (*LISTED, "parameters", 0, "name"), "pageSize"),
        ("FNS.05", (*LISTED, "parameters", 0, "required"), True),
        ("FNS.09", (*LISTED, "parameters", 0, "schema", "default"), 50),
        ("ARQ.05", (*LISTED, "parameters", 0, "in"), "header"),
        ("FOR.02", (*LISTED, "requestBody"), {"content": {}}),
        ("AME.05", ("components", "schemas", "OrganisationOut", "properties", "unitType"), {"type": "string"}),
        ("DOT.04", ("components", "schemas", "OrganisationOut", "properties", "made_at"), {"type": "string"}),
        ("AME.01", (*LISTED, "responses", "200", "content"), {"text/csv": {}}),
        ("FEL.02", (*LISTED, "responses", "422", "content"), {JSON: {"examples": {"a": 1}}}),
        ("FEL.01", ("components", "schemas", "ProblemOut", "properties"), {"detail": {"type": "string"}}),
        ("SAK.09", ("components", "securitySchemes", "old"), {"type": "http", "scheme": "basic"}),
        ("SAK.10", ("components", "securitySchemes"), {}),
    ],
)
def test_it_catches_a_seeded_breach(whole, rule, path, value):
    at = whole
    for step in path[:-1]:
        at = at[step]
    if value is None:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    assert any(rule in fault for fault in faults(whole))
