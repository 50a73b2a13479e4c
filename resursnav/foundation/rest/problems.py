"""Refusals as programs get them: application/problem+json (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import ConfigDict, Field

MEDIA_TYPE = "application/problem+json"


class FieldProblem(Schema):
    """What is wrong with one value that was sent."""

    where: str = Field(description="Where the value was sent, such as `query.limit` or `body.title`.")
    pointer: str | None = Field(
        None, description="The value in the body that was sent, as a JSON Pointer (RFC 6901): `#/editions/0/url`."
    )
    detail: str = Field(description="What is wrong with it, in plain words.")


class ProblemOut(Schema):
    """Why an answer could not be given, in the form of RFC 9457."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "about:blank",
                    "title": "Unprocessable Entity",
                    "status": 422,
                    "detail": "Något i frågan är fel. Se errors, värde för värde.",
                    "instance": "/api/v1/resources",
                    "errors": [
                        {
                            "where": "body.editions.0.url",
                            "pointer": "#/editions/0/url",
                            "detail": "Skriv högst 1000 tecken.",
                        }
                    ],
                }
            ]
        }
    )

    type: str = Field("about:blank", description="The kind of problem; `about:blank` means just what the status says.")
    title: str = Field(description="The status in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What happened and what to do, in Swedish or English after Accept-Language.")
    instance: str = Field(description="The address that was asked for.")
    errors: list[FieldProblem] = Field(default=[], description="The values that were wrong, when there were any.")


# Where a value was sent, step by step from "query", "path", "header" or "body", and what is wrong with it.
Wrong = tuple[tuple[str, ...], str]


def pointer(where: tuple[str, ...]) -> str | None:
    """The value in the body as a JSON Pointer in a fragment; None when it was not sent in the body."""
    part, *steps = where
    if part != "body":
        return None
    escaped = [quote(step.replace("~", "~0").replace("/", "~1"), errors="replace") for step in steps]
    return "#" + "".join(f"/{step}" for step in escaped)


class Problem(Exception):
    """Something refuses, with a status and a reason that may be told."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: object,
        *,
        errors: Sequence[Wrong] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.errors, self.headers = status, errors, dict(headers or {})

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The problem as a response."""
        body: dict[str, Any] = {
            "type": "about:blank",
            "title": self.status.phrase,
            "status": int(self.status),
            "detail": str(self.args[0]),
            "instance": request.path,
        }
        if self.errors:
            body["errors"] = [
                {"where": ".".join(where), "pointer": pointer(where), "detail": detail} for where, detail in self.errors
            ]
        content = json.dumps(body, ensure_ascii=False)
        return HttpResponse(content, status=self.status, content_type=MEDIA_TYPE, headers=self.headers)
