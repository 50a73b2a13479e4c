"""More pages that the browser test examines: the steps of a day's work, the demo's own, and refusals.

Whoever looks is the newest person, and the region of whoever looks is the newest one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from resursnav.deliver.curriculum.demo import load as examples
from resursnav.deliver.curriculum.models import CentralContent
from resursnav.deliver.resources.actions import add_tip, create_collection, map_to_point, publish_collection, set_items
from resursnav.foundation.access import Role
from resursnav.foundation.notices.actions import queue
from resursnav.foundation.notices.actions.telling import unsubscribe_token
from resursnav.foundation.organisations.actions import rename, take_snapshot
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Assignment
from resursnav.foundation.people.personas import DOMAIN
from resursnav.foundation.search.actions import keep_synonyms
from tests import factories

from .agreement_pages import AGREEMENT_PAGES
from .desk_pages import DESK_PAGES
from .lending_pages import LENDING_PAGES
from .page import Page
from .rights_pages import RIGHTS_PAGES
from .stock_pages import STOCK_PAGES
from .streaming_pages import STREAMING_PAGES
from .transport_pages import TRANSPORT_PAGES

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("Europe/Stockholm"))


def _region() -> Organisation:
    return Organisation.objects.filter(parent=None).order_by("-pk").first() or factories.organisation()


def _draft(verb: str, **fields: Any) -> Callable[[], str]:
    """A page about a resource of the looker's own centre."""

    def made() -> str:
        examples(by=None, at=NOON)
        thing = factories.resource(
            _region(), "film", "guide", title="Vattnets kretslopp", description="Om regn och hav.", **fields
        )
        point = CentralContent.objects.order_by("pk").first()
        assert point is not None
        map_to_point(resource=thing, point=point, note="Sidorna 4–8", by=None, at=NOON)
        return f"/resources/{thing.pk}/{verb}"

    return made


def _gaps() -> str:
    _draft("")()
    return "/resources/subjects/gaps/"


def _tip() -> str:
    thing = factories.resource(_region(), title="Vattnets kretslopp")
    writer = factories.person(Role.TEACHER, factories.organisation(_region(), name="Dorotea"))
    tip = add_tip(
        resource=thing, headline="Stanna vid molnen", text="Vi ritade vattnets väg medan filmen gick.",
        by=writer, at=NOON,
    )  # fmt: skip
    return f"/resources/tips/{tip.pk}/decline/"


def _tips() -> str:
    _tip()
    return "/resources/tips/"


def _collection(verb: str = "") -> Callable[[], str]:
    def made() -> str:
        lead = "Filmer och lådor om vatten, valda av centret."
        kept = create_collection(
            owner=_region(), title="Vatten", lead=lead, text="Börja med filmen.", visibility="public", by=None, at=NOON
        )
        things = [factories.resource(_region(), title=title) for title in ("Vattnets kretslopp", "Älven")]
        set_items(collection=kept, items=[(thing.pk, "Kort och klar.") for thing in things], by=None, at=NOON)
        publish_collection(collection=kept, by=None, at=NOON)
        return f"/collections/{kept.pk}/{verb}" if verb != "list" else "/collections/"

    return made


def _somebody(path: str, **fields: Any) -> Callable[[], str]:
    """A page about a teacher in the looker's branch."""

    def made() -> str:
        school = factories.organisation(factories.organisation(_region(), name="Dorotea"), name="Bergvattenskolan")
        teacher = factories.person(Role.TEACHER, school, given_name="Fatima", family_name="Ahmadi", **fields)
        post = Assignment.objects.get(person=teacher)
        return path.format(person=teacher.pk, post=post.pk, school=school.pk)

    return made


def _place(verb: str, **fields: Any) -> Callable[[], str]:
    def made() -> str:
        town = factories.organisation(_region(), name="Dorotea")
        factories.organisation(town, name="Högbergsskolan")
        school = factories.organisation(town, name="Bergvattenskolan", **fields)
        return f"/organisations/{school.pk}/{verb}"

    return made


def _year(verb: str = "") -> Callable[[], str]:
    """The tree as it stood, with a school that has been given another name since."""

    def made() -> str:
        _place("")()
        take_snapshot(year=2025, at=NOON)
        school = Organisation.objects.get(name="Högbergsskolan")
        rename(organisation=school, name="Högbergets skola", by=None, at=NOON)
        return f"/organisations/{school.parent_id}/{verb}" if verb else "/organisations/years/"

    return made


def _synonyms_to_remove() -> str:
    group = keep_synonyms(words=["surfplatta", "lärplatta"], language="sv", by=None, at=NOON)
    return f"/search/synonyms/{group.pk}/remove/"


def _stop() -> str:
    return f"/notices/stop/{unsubscribe_token(factories.person())}/"


def _demo_mail() -> str:
    mail = queue(to="asa@example.org", subject="Din inbjudan", text="Hej,\n\nVälkommen.", by=None, at=NOON)
    return f"/demo/inbox/{mail.pk}/"


def _demo_inbox() -> str:
    _demo_mail()
    return "/demo/inbox/"


def _personas() -> str:
    town = factories.organisation(factories.organisation(name="Västerbottens län"), name="Dorotea")
    for role, name in ((Role.TEACHER, "Fatima"), (Role.MUNICIPALITY_LEAD, "Åsa")):
        factories.person(role, town, given_name=name, email=f"{role.value}@{DOMAIN}")
    return "/accounts/login/"


def _points_gone() -> str:
    examples(by=None, at=NOON)
    point = CentralContent.objects.order_by("pk").first()
    assert point is not None
    point.placements.all().delete()
    return f"/curriculum/points/{point.key}/"


WORK_PAGES = [
    *AGREEMENT_PAGES,
    *STOCK_PAGES,
    *DESK_PAGES,
    *LENDING_PAGES,
    *STREAMING_PAGES,
    *TRANSPORT_PAGES,
    *RIGHTS_PAGES,
    Page("/resources/…/edit/", _draft("edit/"), Role.COORDINATOR),
    Page("/resources/…/ (utkast)", _draft("", status="draft"), Role.COORDINATOR),
    Page("/resources/…/withdraw/", _draft("withdraw/"), Role.COORDINATOR),
    Page("/resources/…/cover/", _draft("cover/"), Role.COORDINATOR),
    Page("/resources/…/points/", _draft("points/"), Role.COORDINATOR),
    Page("/resources/…/tip/", _draft("tip/"), Role.COORDINATOR),
    Page("/resources/…/collect/", _draft("collect/"), Role.COORDINATOR),
    Page("/resources/…/similar/", _draft("similar/")),
    Page("/resources/subjects/gaps/", _gaps, Role.COORDINATOR),
    Page("/resources/tips/ (väntar)", _tips, Role.COORDINATOR),
    Page("/resources/tips/…/decline/", _tip, Role.COORDINATOR),
    Page("/resources/import/harvests/ (tom)", "/resources/import/harvests/", Role.COORDINATOR),
    Page("/collections/ (med rader)", _collection("list")),
    Page("/collections/new/", "/collections/new/", Role.COORDINATOR),
    Page("/collections/…/", _collection()),
    Page("/collections/…/edit/", _collection("edit/"), Role.COORDINATOR),
    Page("/collections/…/items/", _collection("items/"), Role.COORDINATOR),
    Page("/curriculum/points/…/", _points_gone),
    Page("/people/…/", _somebody("/people/{person}/"), Role.COORDINATOR),
    Page("/people/…/protected/", _somebody("/people/{person}/protected/", security_marking="protected"),
         Role.COORDINATOR),
    Page("/people/…/protect/", _somebody("/people/{person}/protect/"), Role.COORDINATOR),
    Page("/people/…/assign/", _somebody("/people/{person}/assign/"), Role.COORDINATOR),
    Page("/people/…/assign/?node=", _somebody("/people/{person}/assign/?node={school}"), Role.COORDINATOR),
    Page("/people/assignments/…/end/", _somebody("/people/assignments/{post}/end/"), Role.COORDINATOR),
    Page("/people/invitations/new/ (var)", _somebody("/people/invitations/new/"), Role.COORDINATOR),
    Page("/organisations/…/merge/", _place("merge/"), Role.COORDINATOR),
    Page("/organisations/…/reopen/", _place("reopen/", valid_to=date(2026, 6, 30)), Role.COORDINATOR),
    Page("/organisations/years/", _year()),
    Page("/organisations/…/years/", _year("years/")),
    Page("/organisations/…/ (stängd)", _place("", valid_to=date(2026, 6, 30))),
    Page("/audit/…/", lambda: f"/audit/{_region().pk}/", Role.COORDINATOR),
    Page("/search/synonyms/…/remove/", _synonyms_to_remove, Role.COORDINATOR),
    Page("/notices/stop/…/", _stop),
    Page("/api/v1/docs/", "/api/v1/docs/"),
    Page("/accounts/email/", "/accounts/email/", Role.TEACHER),
    Page("/accounts/logout/", "/accounts/logout/", Role.TEACHER),
    Page("/accounts/inactive/", "/accounts/inactive/"),
    Page("/accounts/password/set/", "/accounts/password/set/", Role.TEACHER),
    Page("/accounts/password/reset/done/", "/accounts/password/reset/done/"),
    Page("/accounts/password/reset/key/…/", "/accounts/password/reset/key/1-gammal/"),
    Page("/accounts/password/reset/key/done/", "/accounts/password/reset/key/done/"),
    Page("/accounts/confirm-email/", "/accounts/confirm-email/"),
    Page("/accounts/confirm-email/…/", "/accounts/confirm-email/gammal/"),
    Page("/accounts/login/ (demon)", _personas, demo=True),
    Page("/demo/inbox/", _demo_inbox, demo=True),
    Page("/demo/inbox/…/", _demo_mail, demo=True),
    Page("403", "/mail/", Role.TEACHER),
    Page("405", "/language/"),
    Page("410", "/invitation/gammal/"),
]  # fmt: skip
