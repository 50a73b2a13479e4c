"""The tree as it stood: kept by the worker once a year, and read on a page."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from resursnav.foundation.organisations import actions, jobs
from resursnav.foundation.organisations.models import TreeSnapshot
from resursnav.kernel.manifest import load
from resursnav.site.manifests import manifests
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 10, tzinfo=UTC)


@pytest.fixture
def tree():
    region = factories.organisation(name="Västerbottens län")
    dorotea = factories.organisation(region, name="Dorotea")
    made = {
        "region": region,
        "dorotea": dorotea,
        "asele": factories.organisation(region, name="Åsele"),
        "school": factories.organisation(dorotea, name="Bergvattenskolan"),
        "other": factories.organisation(dorotea, name="Högbergsskolan"),
    }
    actions.take_snapshot(year=2024, at=AT)
    actions.take_snapshot(year=2025, at=AT)
    return made


def text(client, name, *args, **asked):
    answer = client.get(reverse(f"organisations:{name}", args=args), asked)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_worker_keeps_last_year_once(tree, monkeypatch):
    TreeSnapshot.objects.all().delete()
    monkeypatch.setattr(jobs.timezone, "now", lambda: AT)
    (job,) = [job for _name, m in manifests() for job in m.jobs if job.name == "organisations.snapshot"]
    assert [load(job.run)(), load(job.run)()] == [5, 0]
    assert set(TreeSnapshot.objects.values_list("year", flat=True)) == {2025}


def test_it_shows_how_the_tree_looked(client, tree):
    actions.rename(organisation=tree["dorotea"], name="Dorotea kommun", by=None, at=AT, day=date(2026, 2, 1))
    actions.move(organisation=tree["other"], parent=tree["asele"], by=None, at=AT, day=date(2026, 2, 1))
    actions.close(organisation=tree["school"], by=None, at=AT, day=date(2026, 2, 1))
    whole = text(client, "years")
    assert "Organisationerna 2025" in whole
    assert "Västerbottens län" in whole
    region = text(client, "years_below", tree["region"].pk, year=2024)
    assert "Västerbottens län 2024" in region
    assert "heter nu Dorotea kommun" in region
    assert '<td class="rn-num" data-label="Enheter under">2</td>' in region
    town = text(client, "years_below", tree["dorotea"].pk)
    assert "Dorotea 2025" in town
    assert "Heter i dag Dorotea kommun." in town
    assert "Bergvattenskolan" in town and "stängd 1 februari 2026" in town
    assert "Högbergsskolan" in town and "ligger nu under Åsele" in town
    assert "Inget låg under den då." in text(client, "years_below", tree["asele"].pk)


def test_it_says_when_there_was_no_such_thing_or_no_such_year(client, tree):
    new = factories.organisation(tree["dorotea"], name="Nya skolan")
    assert "Den fanns inte då" in text(client, "years_below", new.pk)
    assert "Organisationerna 2025" in text(client, "years", year="1066")
    TreeSnapshot.objects.all().delete()
    assert "Inget år är sparat än" in text(client, "years")


def test_it_asks_the_database_little(client, tree, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        text(client, "years_below", tree["dorotea"].pk)
