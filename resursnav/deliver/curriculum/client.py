"""Asks Skolverket's Syllabus API. Nothing is kept here; the answers go to the same reader as files do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx

from .syllabus import BadSyllabus, Syllabus, read

BASE = "https://api.skolverket.se/syllabus"
TRIES = 4
# 408, 425, 429 and 5xx may pass; anything else would answer the same again.
PASSING = {408, 425, 429, 500, 502, 503, 504}
LONGEST_WAIT = 30.0


class NoAnswer(Exception):
    """The API did not answer, or not with what was asked for; the message says which address and what came."""


class SyllabusApi:
    """The subjects of a school form, one request at a time, patient with a busy server."""

    def __init__(
        self,
        base: str = BASE,
        *,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = httpx.Client(
            base_url=base,
            transport=transport,
            timeout=httpx.Timeout(20.0, connect=5.0),
            headers={"Accept": "application/json", "User-Agent": "Resursnav"},
            follow_redirects=True,
        )
        self._sleep = sleep

    def __enter__(self) -> SyllabusApi:
        return self

    def __exit__(self, *_reason: object) -> None:
        self._client.close()

    def codes(self, school_form: str = "GR") -> list[str]:
        """The codes of the syllabuses that hold now in a school form (GR: compulsory school).

        A code begins with the school form twice over (GRGRMAT01) when it is a subject's syllabus. That is checked
        here too, because the authority's interfaces have been seen to ignore a filter.
        """
        data = self._get("/v1/subjects", {"schooltype": school_form, "timespan": "LATEST"})
        listed = data.get("subjects") if isinstance(data, dict) else data
        if not isinstance(listed, list):
            raise NoAnswer(f"{self._client.base_url}/v1/subjects: svaret har ingen lista över ämnen")
        codes = [str(one.get("code") or "") for one in listed if isinstance(one, dict)]
        return sorted({code for code in codes if code.startswith(school_form * 2)})

    def subject(self, code: str, version: int | None = None) -> Syllabus:
        """One subject's syllabus, the one that holds now or an older version."""
        path = f"/v1/subjects/{code}" + (f"/versions/{version}" if version else "")
        found = read(self._get(path), path)
        if found.code != code:
            raise BadSyllabus(path, f"svaret gäller {found.code}")
        return found

    def subjects(self, school_form: str = "GR") -> Iterator[Syllabus]:
        """All of them, in the order of their codes."""
        for code in self.codes(school_form):
            yield self.subject(code)

    def _get(self, path: str, query: dict[str, str] | None = None) -> Any:
        for number in range(1, TRIES + 1):
            problem, wait = "", min(2.0 ** (number - 1), LONGEST_WAIT)
            try:
                answer = self._client.get(path, params=query)
            except httpx.TransportError as error:
                problem = f"{type(error).__name__}"
            else:
                if answer.is_success:
                    return self._json(answer)
                problem = str(answer.status_code)
                if answer.status_code not in PASSING:
                    break
                wait = _asked_wait(answer, wait)
            if number < TRIES:
                self._sleep(wait)
        raise NoAnswer(f"{self._client.base_url}{path.lstrip('/')}: {problem}")

    @staticmethod
    def _json(answer: httpx.Response) -> Any:
        try:
            return answer.json()
        except ValueError as error:
            raise NoAnswer(f"{answer.url}: svaret är inte JSON") from error


def _asked_wait(answer: httpx.Response, otherwise: float) -> float:
    """What the server asks for in Retry-After (seconds), within reason."""
    asked = answer.headers.get("Retry-After", "")
    return min(float(asked), LONGEST_WAIT) if asked.isdecimal() else otherwise
