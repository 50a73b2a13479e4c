"""Refusals as programs get them: application/problem+json (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import ConfigDict, Field

MEDIA_TYPE = "application/problem+json"


class FieldProblem(Schema):
    """What is wrong with one value that was sent."""

    where: str = Field(description="Where the value was sent, such as `query.limit` or `body.title`.")
    detail: str = Field(description="What is wrong with it, in plain words.")


class ProblemOut(Schema):
    """Why an answer could not be given, in the form of RFC 9457."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "about:blank",
                    "title": "Not Found",
                    "status": 404,
                    "detail": "Det finns inget här, eller så har du inte tillgång till det.",
                    "instance": "/api/v1/organisations/17",
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


class Problem(Exception):
    """Something refuses, with a status and a reason that may be told."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: object,
        *,
        errors: Sequence[tuple[str, str]] = (),
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
            body["errors"] = [{"where": where, "detail": detail} for where, detail in self.errors]
        content = json.dumps(body, ensure_ascii=False)
        return HttpResponse(content, status=self.status, content_type=MEDIA_TYPE, headers=self.headers)
