"""The pages that the browser test examines. Add yours: an address, and who looks (None is a stranger).

`prepare` gets the database ready and returns the address, for pages that need something to show.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from resursnav.deliver.curriculum.actions import take_in
from resursnav.deliver.curriculum.demo import load as examples
from resursnav.deliver.curriculum.models import Version
from resursnav.deliver.curriculum.syllabus import read
from resursnav.deliver.exchange.actions import add_harvest, note_harvest
from resursnav.foundation.access import Role
from resursnav.foundation.imports import actions as imports
from resursnav.foundation.notices.actions import claim, notify, queue, refuse
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people import actions as people
from resursnav.foundation.people.models import Invitation, Person
from resursnav.foundation.people.tokens import hashed, new_invitation_key
from resursnav.foundation.search.actions import keep_synonyms, record_failed_search
from resursnav.foundation.threads.actions import link, plant, record
from resursnav.foundation.ui.actions import answer_flaw, report_flaw
from tests import factories

from .browser import MODES
from .page import Page
from .work_pages import WORK_PAGES

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("Europe/Stockholm"))


def _own_report() -> str:
    flaw = report_flaw(text="Knappen läses inte upp.", page="/resources/", by=None, at=NOON)
    return f"/accessibility/report/{flaw.token}/"


def _statement_with_gap() -> str:
    flaw = report_flaw(text="Diagrammet går inte att nå.", by=None, at=NOON)
    answer_flaw(flaw=flaw, status="known", summary="Ett diagram nås inte.", answer="Mars 2027.", by=None, at=NOON)
    report_flaw(text="För ljus text i sidfoten.", by=None, at=NOON)
    return "/accessibility/"


def _flaws() -> str:
    _statement_with_gap()
    return "/accessibility/flaws/?all"


def _flaw() -> str:
    flaw: Any = report_flaw(text="Menyn stängs inte.", page="/", aid="NVDA", by=None, at=NOON)
    return f"/accessibility/flaws/{flaw.pk}/"


def _school() -> Any:
    region = factories.organisation(name="Västerbottens län", code="24")
    dorotea = factories.organisation(region, name="Dorotea", code="2425")
    factories.organisation(region, name="Skellefteå", code="2482")
    return factories.organisation(dorotea, name="Bergvattenskolan")


def _start() -> str:
    _school()
    return "/"


def _place() -> str:
    school = _school()
    factories.person(Role.TEACHER, school, given_name="Fatima", family_name="Ahmadi")
    return f"/organisations/{school.parent.parent_id}/"


def _synonyms() -> str:
    group = keep_synonyms(words=["surfplatta", "lärplatta", "iPad"], language="sv", by=None, at=NOON)
    return f"/search/synonyms/{group.pk}/"


def _failed_searches() -> str:
    for place in (None, _school().parent):
        record_failed_search(text="dinosaurier", municipality=place, at=datetime.now(NOON.tzinfo))
    return "/search/failed/"


def _resource() -> str:
    thing = factories.resource(
        factories.organisation(name="Resurscentrum Norr"), "film", "guide", title="Vattnets kretslopp"
    )
    return f"/resources/{thing.pk}/"


def _catalogue() -> str:
    _resource()
    factories.resource(None, "kit", title="Robotar i förskolan")
    return "/resources/"


def _log() -> str:
    school = _school()
    lead = factories.person(Role.COORDINATOR, school.parent.parent, given_name="Biljana", family_name="Ek")
    before, after = {"name": "Bergvattnets skola", "town": ""}, {"name": "Bergvattenskolan", "town": "Dorotea"}
    for about in (None, factories.person(security_marking="protected")):
        record(
            verb="organisations.renamed", thing=school, organisation=school, by=lead, at=NOON, before=before,
            after=after, said="Nytt namn efter sammanslagningen", about=about,
        )  # fmt: skip
    return "/audit/"


def _story() -> str:
    place = _school().parent.parent
    nodes = [
        plant(kind="need", title=title, organisation=place, by=None, at=NOON)
        for title in ("Surfplattor räcker inte", "Vi köper in 40", "Lådorna går att låna")
    ]
    for cause, effect in pairwise(nodes):
        link(cause=cause, effect=effect, by=None, at=NOON)
    return f"/story/{nodes[1].pk}/"


def _bell() -> str:
    for person in Person.objects.all():
        notify(persons=person, kind="people.assignments", title="Nytt uppdrag", url="/me/", by=None, at=NOON)
    return "/notices/"


def _outbox() -> str:
    mail = queue(to="borta@example.org", subject="Ditt lån", text="Hej", by=None, at=NOON)
    refuse(mail=claim(mail=mail, by=None, at=NOON), error="550 no such user", by=None, at=NOON)
    queue(to="asa@example.org", subject="Din bokning", text="Hej", by=None, at=NOON)
    return "/mail/"


def _curriculum() -> str:
    examples(by=None, at=NOON)
    return "/resources/subjects/"


def _points() -> str:
    _curriculum()
    return "/curriculum/GRGRMAT01/1/4-6/"


def _subject() -> str:
    _curriculum()
    return "/resources/subjects/GRGRMAT01/?stage=4-6"


def _found() -> str:
    _curriculum()
    return "/resources/subjects/?q=robot"


def _changes() -> str:
    def version(number: int, starts: str, *points: str) -> Any:
        items = "".join(f"<li>{point}</li>" for point in points)
        content = [{"year": "1-3", "text": f"<h4>Tal</h4><ul>{items}</ul>"}]
        return read(
            {
                "code": "GRGRMAT01",
                "name": "Matematik",
                "version": number,
                "startDate": starts,
                "centralContents": content,
            }
        )

    take_in(
        syllabuses=[
            version(1, "2022-07-01", "Hela tal och bråk."),
            version(2, "2025-07-01", "Hela tal, bråk och procent."),
        ],
        by=None,
        at=NOON,
    )
    return f"/curriculum/versions/{Version.objects.get(number=2).pk}/changes/"


def _own(verb: str) -> Callable[[], str]:
    """A page about a school in the branch of whoever looks, which is the newest region."""

    def made() -> str:
        town = factories.organisation(Organisation.objects.filter(parent=None).latest("pk"), name="Dorotea")
        school = factories.organisation(town, name="Bergvattenskolan")
        factories.organisation(town, name="Högbergsskolan", unit_type="library")
        return f"/organisations/{school.pk}/{verb}" if "{" not in verb else verb.format(school=school.pk, town=town.pk)

    return made


def _invitation() -> str:
    node = factories.organisation(factories.organisation(factories.organisation()), name="Bergvattenskolan")
    now = datetime.now(NOON.tzinfo)
    one = people.invite(email="nils@example.org", role=Role.TEACHER, node=node, by=None, at=now)
    key = new_invitation_key()
    Invitation.objects.filter(pk=one.pk).update(key_hash=hashed(key))
    return f"/invitation/{key}/"


def _looked_at_by() -> Any:
    """The region of whoever looks, which is the newest."""
    return Organisation.objects.filter(parent=None).latest("pk")


def _import(
    *, done: bool, content: bytes = b"Titel;Nr;\xc3\x85k\nVargen;1;4-6\n;2;\nAlgen;3;tredje\n"
) -> Callable[[], str]:
    """A file that has been checked, or taken in."""

    def made() -> str:
        batch = imports.receive(
            kind="resources", name="filmer.csv", content=[content], organisation=_looked_at_by(), by=None, at=NOON,
            source="Filmcentrum", options={"format": "table" if content.startswith(b"T") else "marc"},
        )  # fmt: skip
        imports.check(batch=batch, at=NOON)
        if done:
            imports.confirm(batch=batch, by=None, at=NOON)
            imports.apply(batch=batch, at=NOON)
        return f"/imports/{batch.pk}/"

    return made


def _imports() -> str:
    _import(done=True)()
    return "/imports/"


def _columns() -> str:
    batch = imports.receive(
        kind="resources", name="filmer.csv", content=[b"Filmen;Nr\nVargen;1\n"], organisation=_looked_at_by(), by=None,
        at=NOON, source="Filmcentrum", matching=True,
    )  # fmt: skip
    return f"/imports/{batch.pk}/columns/"


def _harvests() -> str:
    owner, address = _looked_at_by(), "https://katalog.example.org/oai"
    for source in ("Filmkatalogen", "Bokkatalogen"):
        one = add_harvest(owner=owner, source=source, address=address, prefix="oai_dc", by=None, at=NOON)
    note_harvest(harvest=one, fault="harvest.gone", details={"status": 404}, at=NOON)
    return "/resources/import/harvests/"


PAGES = [
    Page("/", _start),
    Page("/ (lärare)", _start, Role.TEACHER),
    Page("/ (samordnare)", _start, Role.COORDINATOR),
    Page("/about/", "/about/"),
    Page("/organisations/", "/organisations/", Role.COORDINATOR),
    Page("/organisations/…/", _place, Role.COORDINATOR),
    Page("/organisations/?q=", "/organisations/?q=a", Role.COORDINATOR),
    Page("/organisations/…/edit/", _own("edit/"), Role.COORDINATOR),
    Page("/organisations/…/new/", _own("new/"), Role.COORDINATOR),
    Page("/organisations/…/rename/", _own("rename/"), Role.COORDINATOR),
    Page("/organisations/…/move/", _own("move/"), Role.COORDINATOR),
    Page("/organisations/…/close/", _own("close/"), Role.COORDINATOR),
    Page("/organisations/imports/", "/organisations/imports/", Role.COORDINATOR),
    Page("/people/invitations/new/", _own("/people/invitations/new/{school}/"), Role.COORDINATOR),
    Page("/invitation/…/", _invitation),
    Page("/me/close/", "/me/close/", Role.TEACHER),
    Page("/accounts/2fa/", "/accounts/2fa/", Role.TEACHER),
    Page("/accounts/login/code/", "/accounts/login/code/"),
    Page("/accounts/signup/", "/accounts/signup/"),
    Page("/people/", "/people/", Role.COORDINATOR),
    Page("/me/", "/me/", Role.TEACHER),
    Page("/notices/", "/notices/", Role.TEACHER),
    Page("/notices/preferences/", "/notices/preferences/", Role.TEACHER),
    Page("/notices/ (olästa)", _bell, Role.TEACHER),
    Page("/audit/", _log, Role.ADMINISTRATOR),
    Page("/story/…/", _story, Role.ADMINISTRATOR),
    Page("/mail/", _outbox, Role.ADMINISTRATOR),
    Page("/resources/subjects/", _curriculum),
    Page("/resources/subjects/…/", _subject),
    Page("/resources/subjects/?q=", _found),
    Page("/resources/subjects/outdated/", "/resources/subjects/outdated/", Role.COORDINATOR),
    Page("/curriculum/…/4-6/", _points),
    Page("/curriculum/…/changes/", _changes, Role.COORDINATOR),
    Page("/accounts/login/", "/accounts/login/"),
    Page("/search/synonyms/", "/search/synonyms/", Role.COORDINATOR),
    Page("/search/synonyms/…/", _synonyms, Role.COORDINATOR),
    Page("/search/synonyms/new/", "/search/synonyms/new/", Role.COORDINATOR),
    Page("/search/failed/", "/search/failed/", Role.COORDINATOR),
    Page("/search/failed/ (med rader)", _failed_searches, Role.COORDINATOR),
    Page("/people/invitations/", "/people/invitations/", Role.COORDINATOR),
    Page("/me/keys/", "/me/keys/", Role.COORDINATOR),
    Page("/accounts/password/reset/", "/accounts/password/reset/"),
    Page("/resources/", _catalogue),
    Page("/resources/?q=…", "/resources/?q=finns-inte"),
    Page("/resources/…/", _resource),
    Page("/resources/…/ (lärare)", _resource, Role.TEACHER),
    Page("/resources/new/", "/resources/new/", Role.COORDINATOR),
    Page("/resources/work/", "/resources/work/", Role.COORDINATOR),
    Page("/resources/tips/", "/resources/tips/", Role.COORDINATOR),
    Page("/resources/subjects/ (utan läroplan)", "/resources/subjects/"),
    Page("/resources/import/", "/resources/import/", Role.COORDINATOR),
    Page("/collections/", "/collections/"),
    Page("/imports/", "/imports/", Role.COORDINATOR),
    Page("/resources/share/", "/resources/share/"),
    Page("/imports/ (med rader)", _imports, Role.COORDINATOR),
    Page("/imports/…/ (kontrollerad)", _import(done=False), Role.COORDINATOR),
    Page("/imports/…/ (intagen)", _import(done=True), Role.COORDINATOR),
    Page("/imports/…/ (oläsbar)", _import(done=False, content=b"<!DOCTYPE a><collection/>"), Role.COORDINATOR),
    Page("/imports/…/columns/", _columns, Role.COORDINATOR),
    Page("/resources/import/harvests/", _harvests, Role.COORDINATOR),
    Page("/ui/", "/ui/", modes=MODES),
    Page("/ui/?wrong", "/ui/?wrong", modes=MODES),
    Page("/accessibility/", _statement_with_gap),
    Page("/accessibility/report/", "/accessibility/report/"),
    Page("/accessibility/report/…/", _own_report),
    Page("/accessibility/flaws/", _flaws, Role.COORDINATOR),
    Page("/accessibility/flaws/…/", _flaw, Role.COORDINATOR),
    Page("404", "/no-such-page/"),
    *WORK_PAGES,
]
