"""The pages of streaming that the browser test examines; the looker is the newest teacher or coordinator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from resursnav.deliver.resources.models import Edition
from resursnav.deliver.rights.models import TitleEntry
from resursnav.deliver.streaming import actions
from resursnav.foundation.access import Role
from resursnav.foundation.people.models import Assignment
from resursnav.landscape.agreements import actions as agreeing
from resursnav.landscape.agreements.facts import AgreementFacts, RightFacts
from tests import factories

from .page import Page


def film_at(school: Any, region: Any, url: str = "https://film.example.org/1") -> Any:
    """A film under an agreement that the school may stream, at most two at a time; returns its edition."""
    now = timezone.now()
    facts = AgreementFacts(
        counterpart="Norrfilm AB", title="Skolfilm", valid_from=date(2026, 1, 1), answers="coordinator"
    )
    agreement = agreeing.register(owner=region, facts=facts, by=None, at=now)
    said = RightFacts(way="stream_class", titles="Film", most_users=2, most_uses=10)
    right = agreeing.add_right(agreement=agreement, facts=said, by=None, at=now)
    agreeing.mark_place(right=right, organisation=school, included=True, by=None, at=now)
    thing = factories.resource(region, "stream", title="Vattnets kretslopp", licence="AGREEMENT")
    TitleEntry.objects.create(titles=agreement.title_lists.get(), resource=thing, added_at=now)
    edition = Edition.objects.get(resource=thing)
    edition.url, edition.duration_s = url, 1500
    edition.save()
    return edition


def _streamed(path: str, *, ended: bool = False, covered: bool = True) -> Callable[[], str]:
    """A page with a film, a code and some use; the looker works at the school that the right is for."""

    def made() -> str:
        now = timezone.now()
        post = Assignment.objects.select_related("node").order_by("-pk").first()
        region = post.node if post else factories.organisation()
        town = factories.organisation(region, name="Dorotea")
        school = factories.organisation(town, name="Bergvattenskolan")
        other = factories.organisation(town, name="Fredrikaskolan")
        person = post.person if post else None
        if person is not None and post is not None and post.role == Role.TEACHER:
            Assignment.objects.filter(pk=post.pk).update(node=school if covered else other)
        edition = film_at(school, region)
        code = actions.make_code(
            resources=[edition.resource], place=school, way="stream_class", ends_at=now + timedelta(hours=2),
            most_pupils=30, name="5B", by=person, at=now,
        )  # fmt: skip
        for days in (0, 40):
            actions.start(edition=edition, place=school, by=None, at=now - timedelta(days=days))
        if ended:
            actions.end_code(code=code, by=person, at=now)
        return path.format(edition=edition.pk, code=code.pk, digits=code.digits, resource=edition.resource_id)

    return made


STREAMING_PAGES = [
    Page("/watch/…/ (får)", _streamed("/watch/{edition}/"), Role.TEACHER),
    Page("/watch/…/ (får inte)", _streamed("/watch/{edition}/", covered=False), Role.TEACHER),
    Page("/watch/…/ (utan konto)", _streamed("/watch/{edition}/")),
    Page("/code/", "/code/"),
    Page("/code/?code=", _streamed("/code/?code={digits}")),
    Page("/code/open/ (tomt)", "/code/open/"),
    Page("/codes/", _streamed("/codes/"), Role.TEACHER),
    Page("/codes/ (tomt)", "/codes/", Role.TEACHER),
    Page("/codes/new/", _streamed("/codes/new/?resource={resource}&find=vatten"), Role.TEACHER),
    Page("/codes/…/", _streamed("/codes/{code}/"), Role.TEACHER),
    Page("/codes/…/ (slut)", _streamed("/codes/{code}/", ended=True), Role.TEACHER),
    Page("/codes/…/sheet/", _streamed("/codes/{code}/sheet/"), Role.TEACHER),
    Page("/codes/…/extend/", _streamed("/codes/{code}/extend/"), Role.TEACHER),
    Page("/codes/…/end/", _streamed("/codes/{code}/end/"), Role.TEACHER),
    Page("/streaming/use/", _streamed("/streaming/use/"), Role.COORDINATOR),
    Page("/streaming/use/ (tomt)", "/streaming/use/?by=unit", Role.COORDINATOR),
    Page("/resources/…/ (strömmas)", _streamed("/resources/{resource}/"), Role.TEACHER),
]
