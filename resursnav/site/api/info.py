"""What the interface says about itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from resursnav.foundation.rest.endpoints import ANY_ERRORS

router = Router(tags=["api-info"])
RELEASED = date(2026, 11, 22)


class ApiInfoOut(Schema):
    """Facts about the interface itself, as the national REST profile asks for."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "api_name": "Resursnav",
                    "api_version": "1.0.0",
                    "api_released": "2026-11-22",
                    "api_documentation": "https://example.org/api/v1/docs/",
                    "api_status": "active",
                }
            ]
        }
    )

    api_name: str
    api_version: str
    api_released: date
    api_documentation: str = Field(description="A page for people.")
    api_status: str = Field(description="`active`, or `deprecated` when a newer version should be used.")


@router.get("/api-info", response={200: ApiInfoOut, **ANY_ERRORS}, operation_id="show_api_info")
def show_api_info(request: HttpRequest) -> dict[str, Any]:
    """Name, version, status and documentation of this interface."""
    return {
        "api_name": f"Resursnav, {settings.CENTRE_NAME}",
        "api_version": "1.0.0",
        "api_released": RELEASED,
        "api_documentation": settings.BASE_URL + reverse("api:docs"),
        "api_status": "active",
    }


# It tells nothing about anybody.
show_api_info.public = True  # type: ignore[attr-defined]  # read by the architecture tests
