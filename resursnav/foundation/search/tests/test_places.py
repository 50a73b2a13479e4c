"""Organisations are found by everybody: by name, code, sigel and town, and only while they are open."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from resursnav.foundation.organisations import actions, events
from resursnav.foundation.organisations.finding import Organisations
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.search import index, jobs, registry
from resursnav.foundation.search.documents import Query
from resursnav.foundation.search.models import Change
from resursnav.kernel.events import tell
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 15, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def tree():
    region = factories.organisation(name="Västerbottens län", code="24")
    dorotea = factories.organisation(region, name="Dorotea", code="2425")
    school = factories.organisation(dorotea, name="Bergvattenskolan", code="10000001", town="Högland")
    library = factories.organisation(dorotea, name="Biblioteket vid torget", unit_type="library", sigel="Dor")
    factories.organisation(dorotea, name="Gamla Bergvattenskolan", valid_to=date(2020, 1, 1))
    return {"region": region, "dorotea": dorotea, "school": school, "library": library}


def found(text):
    hits = index.search(Query(text=text, audience=registry.audience_of(AnonymousUser()), kinds=("organisation",)))
    return [hit.title for hit in hits]


@pytest.mark.parametrize("built", [True, False])
@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("bergvattenskolan", "Bergvattenskolan"),
        ("10000001", "Bergvattenskolan"),
        ("högland", "Bergvattenskolan"),
        ("dor", "Biblioteket vid torget"),
        ("dorotea", "Dorotea"),
        ("2425", "Dorotea"),
        ("västerbottens", "Västerbottens län"),
        ("24", "Västerbottens län"),
    ],
)
def test_it_finds_by_name_code_sigel_and_town_with_and_without_an_index(tree, built, text, title):
    if built:
        index.rebuild()
        assert found(text)[0] == title
    assert title in found(text)
    assert "Gamla Bergvattenskolan" not in found(text)


def test_it_finds_a_school_by_its_municipality(tree):
    index.rebuild()
    assert set(found("dorotea")) == {"Dorotea", "Bergvattenskolan", "Biblioteket vid torget"}
    assert found("skola dorotea") == ["Bergvattenskolan"]


def test_it_follows_what_happens_in_the_tree(tree):
    index.rebuild()
    done = {"by": None, "at": AT}
    actions.rename(organisation=tree["dorotea"], name="Nya Dorotea", **done)
    actions.correct(organisation=tree["school"], details={"town": "Avaträsk"}, **done)
    index.drain()
    assert found("nya dorotea")[0] == "Nya Dorotea"
    assert "Bergvattenskolan" in found("nya dorotea")
    assert found("avaträsk") == ["Bergvattenskolan"]
    asele = factories.organisation(tree["region"], name="Åsele")
    actions.move(organisation=tree["school"], parent=asele, **done)
    index.drain()
    assert "Bergvattenskolan" in found("åsele")
    assert "Bergvattenskolan" not in found("dorotea")
    actions.merge(organisation=tree["library"], into=tree["school"], **done)
    index.drain()
    assert "Biblioteket vid torget" not in found("torget")
    actions.close(organisation=tree["school"], **done)
    index.drain()
    assert found("bergvattenskolan") == []
    school = Organisation.objects.get(pk=tree["school"].pk)
    actions.reopen(organisation=school, **done)
    index.drain()
    assert found("bergvattenskolan") == ["Bergvattenskolan"]


def test_it_takes_in_a_register(tree):
    index.rebuild()
    new = factories.organisation(tree["dorotea"], name="Nybyggarskolan")
    Organisation.objects.filter(pk=tree["library"].pk).update(name="Bokens hus", name_key="bokens hus")
    tell(events.RegisterImported("skolor", None, AT, (new.pk,), (tree["library"].pk,)))
    index.drain()
    assert found("nybyggarskolan") == ["Nybyggarskolan"]
    assert found("bokens hus") == ["Bokens hus"]


def test_it_leaves_out_what_closed_with_the_day(tree):
    index.rebuild()
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    Organisation.objects.filter(pk=tree["school"].pk).update(valid_to=yesterday)
    assert found("bergvattenskolan") == ["Bergvattenskolan"]
    assert jobs.leave_out_closed() == 1
    index.drain()
    assert found("bergvattenskolan") == []
    Change.objects.all().delete()
    Organisation.objects.filter(pk=tree["school"].pk).update(valid_to=date(2020, 1, 1))
    assert jobs.leave_out_closed() == 0


def test_it_asks_twice_however_many(tree, django_assert_num_queries):
    for number in range(20):
        factories.organisation(tree["dorotea"], name=f"Skola {number}")
    source = Organisations()
    ids = source.ids()
    with django_assert_num_queries(2):
        assert len(list(source.documents(ids))) == len(ids) == 24


def test_it_gives_nothing_to_somebody_without_a_token(tree):
    assert Organisations().plain(["dorotea"], frozenset(), 0, 10) == ([], 0)


def test_it_is_found_in_the_search_of_every_page(client, tree, django_assert_max_num_queries):
    index.rebuild()
    address = reverse("organisations:show", args=[tree["school"].pk])
    client.force_login(factories.person("coordinator", tree["region"]))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("resources:list"), {"q": "Bergvattenskolan"}).content.decode()
    assert f'<a href="{address}">Bergvattenskolan</a>, skola, Dorotea' in page
    assert address not in client.get(reverse("resources:list"), {"q": "vulkaner"}).content.decode()
    items = client.get(reverse("search:suggest"), {"q": "bergvat"}).json()["items"]
    assert {"label": "Bergvattenskolan", "kind": "Organisationer", "url": address} in items
