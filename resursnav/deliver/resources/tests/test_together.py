"""One thing done with many resources: each by its own rules, each in the log, and the list as it was afterwards."""

import pytest
from django.urls import reverse

from resursnav.deliver.resources import actions
from resursnav.deliver.resources.actions import together
from resursnav.deliver.resources.models import Collection, Resource, SubjectTerm
from resursnav.deliver.resources.wording import outcome_words
from resursnav.foundation.access import Role
from resursnav.foundation.threads.models import Record
from tests import factories


@pytest.fixture
def whole(county):
    """Makes resources with everything that is needed before they may be shown."""
    subjects = list(SubjectTerm.objects.filter(scheme="school", code="MAT"))

    def made(title, owner=None, status="draft", **said):
        return factories.resource(
            owner or county.region, "book", title=title, status=status, subjects=subjects, description="Vad det är.",
            school_forms=["GR"], **said,
        )  # fmt: skip

    return made


@pytest.fixture
def shelf(county, whole):
    bare = factories.resource(county.region, "book", title="Bar", status="draft")
    return [whole("Algebra"), whole("Bråk"), bare, whole("Cirklar", status="published")]


def said(outcome):
    return [one.title for one in outcome.done], {one.title: reason for one, reason in outcome.refused}


def titled(status):
    return list(Resource.objects.filter(status=status).order_by("title").values_list("title", flat=True))


def test_it_publishes_what_it_can_and_says_why_not_the_rest(county, shelf, at):
    outcome = actions.do_together(deed="publish", resources=shelf, by=county.coordinator, at=at)
    done, refused = said(outcome)
    assert done == ["Algebra", "Bråk"]
    assert refused["Cirklar"] == "är redan publicerad" and refused["Bar"].startswith("behöver en beskrivning; ")
    assert titled("published") == ["Algebra", "Bråk", "Cirklar"]
    logged = Record.objects.filter(verb="resources.published")
    assert sorted(logged.values_list("title", flat=True)) == ["Algebra", "Bråk"]
    assert outcome_words("publish", outcome).startswith("2 publicerade, 2 kunde inte: ”Bar” (behöver ")


def test_it_asks_the_rules_for_each(county, shelf, whole, at):
    elsewhere = whole("Fjärran", owner=factories.organisation())
    done, refused = said(
        actions.do_together(deed="publish", resources=[*shelf, elsewhere], by=county.coordinator, at=at)
    )
    assert done == ["Algebra", "Bråk"] and refused["Fjärran"] == "din roll får inte göra det med den"
    again = whole("Decimaler")
    done, refused = said(actions.do_together(deed="publish", resources=[again], by=county.expert, at=at))
    assert done == [] and refused == {"Decimaler": "din roll får inte göra det med den"}
    done, _refused = said(actions.do_together(deed="review", resources=[again], by=county.expert, at=at))
    assert done == ["Decimaler"] and titled("reviewed") == ["Decimaler"]
    _done, refused = said(actions.do_together(deed="review", resources=[again], by=county.expert, at=at))
    assert refused == {"Decimaler": "bara ett utkast kan granskas"}


def test_it_withdraws_with_one_reason(county, shelf, at):
    with pytest.raises(actions.UnableToWithdraw):
        actions.do_together(deed="withdraw", resources=shelf, by=county.coordinator, at=at, reason=" ")
    done, refused = said(
        actions.do_together(
            deed="withdraw", resources=shelf, by=county.coordinator, at=at, reason="Avtalet tog slut."
        )
    )  # fmt: skip
    assert done == ["Cirklar"] and set(refused.values()) == {"bara en publicerad resurs kan dras tillbaka"}
    assert Resource.objects.get(title="Cirklar").withdrawn_reason == "Avtalet tog slut."


def test_it_fills_a_collection_once_with_each(county, shelf, at):
    kept = actions.create_collection(
        owner=county.region, title="Räkna", lead="x", text="", visibility="public", by=county.expert, at=at
    )
    for collection, by in ((None, county.expert), (kept, county.teacher)):
        with pytest.raises(actions.UnableToCollect):
            actions.do_together(deed="collect", resources=shelf, by=by, at=at, collection=collection)
    actions.set_items(collection=kept, items=[(shelf[3].pk, "Först")], by=county.expert, at=at)
    done, refused = said(actions.do_together(deed="collect", resources=shelf, by=county.expert, at=at, collection=kept))
    assert done == ["Algebra", "Bråk", "Bar"] and refused == {"Cirklar": "ligger redan i samlingen"}
    assert list(kept.items.values_list("resource__title", "comment")) == [
        ("Cirklar", "Först"), ("Algebra", ""), ("Bråk", ""), ("Bar", ""),
    ]  # fmt: skip
    before = Record.objects.count()
    done, _refused = said(
        actions.do_together(deed="collect", resources=shelf, by=county.expert, at=at, collection=kept)
    )
    assert done == [] and Record.objects.count() == before


def test_somebody_who_was_quicker_stops_nothing_else(county, shelf, at, monkeypatch):
    whole_list = together.foresee(deed="publish", resources=shelf, by=county.coordinator)
    actions.publish(resource=Resource.objects.get(title="Algebra"), by=county.coordinator, at=at)
    monkeypatch.setattr(together, "foresee", lambda **asked: whole_list)
    done, refused = said(actions.do_together(deed="publish", resources=shelf, by=county.coordinator, at=at))
    assert done == ["Bråk"] and refused["Algebra"] == "Resursen är redan publicerad."


def test_it_foresees_in_few_statements_however_many(county, whole, django_assert_max_num_queries):
    many = [whole(f"Bok {number}") for number in range(30)]
    with django_assert_max_num_queries(5):
        outcome = actions.foresee(
            deed="publish", resources=list(Resource.objects.filter(pk__in=[one.pk for one in many])),
            by=county.coordinator,
        )  # fmt: skip
    assert len(outcome.done) == 30


def test_it_names_at_most_five_that_could_not():
    outcome = actions.Outcome(refused=[(Resource(title=f"Bok {number}"), "nej") for number in range(7)])
    assert outcome_words("withdraw", outcome).endswith("”Bok 4” (nej), och 2 till.")
    assert outcome_words("collect", actions.Outcome(done=[Resource()])) == "1 lagd i samlingen."


# The page ------------------------------------------------------------------------------------------------------

LIST = "q=a&sort=title&page=1&status=draft"


def send(client, deed, resources, **more):
    data = {"deed": deed, "resource": [one.pk for one in resources], "back": f"{LIST}&pick=all", **more}
    return client.post(reverse("resources:together"), data)


def test_it_confirms_before_it_does_and_comes_back_to_the_same_list(
    client, county, shelf, django_assert_max_num_queries
):
    client.force_login(county.coordinator)
    with django_assert_max_num_queries(12):
        asked = send(client, "publish", shelf)
    html = asked.content.decode()
    assert "Publicera 2 resurser" in html and "är redan publicerad" in html and "behöver en beskrivning" in html
    assert titled("published") == ["Cirklar"]
    answer = send(client, "publish", shelf, sure="yes")
    assert answer.url == f"{reverse('resources:work')}?{LIST}"
    shown = client.get(answer.url).content.decode()
    assert "2 publicerade, 2 kunde inte: " in shown
    assert titled("published") == ["Algebra", "Bråk", "Cirklar"]


def test_it_wants_a_reason_and_a_collection(client, county, shelf):
    client.force_login(county.coordinator)
    wrong = send(client, "withdraw", shelf, sure="yes", reason="")
    assert wrong.status_code == 422 and "Skriv ett skäl." in wrong.content.decode()
    assert send(client, "collect", shelf, sure="yes", collection="99").status_code == 422
    client.post(reverse("resources:create_collection"), {"title": "Räkna", "lead": "x", "visibility": "public"})
    kept = Collection.objects.get()
    assert f'value="{kept.pk}"' in send(client, "collect", shelf).content.decode()
    assert send(client, "collect", shelf, sure="yes", collection=kept.pk).status_code == 302
    assert kept.items.count() == 4
    assert send(client, "withdraw", shelf, sure="yes", reason="Slut.").status_code == 302
    assert titled("withdrawn") == ["Cirklar"]


def test_it_says_when_a_collection_is_full(client, county, shelf, monkeypatch):
    monkeypatch.setattr("resursnav.deliver.resources.actions.collections.MOST", 3)
    client.force_login(county.coordinator)
    client.post(reverse("resources:create_collection"), {"title": "Räkna", "lead": "x", "visibility": "public"})
    kept = Collection.objects.get()
    full = send(client, "collect", shelf, sure="yes", collection=kept.pk)
    assert full.status_code == 422 and "högst 200" in full.content.decode()
    assert kept.items.count() == 0


@pytest.mark.parametrize(
    "data",
    [
        {}, {"deed": "publish"}, {"deed": "burn", "resource": "1"}, {"deed": "publish", "resource": "x"},
        {"deed": "publish", "resource": "9" * 30}, {"deed": "publish", "resource": "0"},
    ],
)  # fmt: skip
def test_it_says_when_nothing_was_ticked(client, county, shelf, data):
    client.force_login(county.coordinator)
    answer = client.post(reverse("resources:together"), {**data, "back": "//evil.example/?q=1"}, follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("resources:work"))
    assert "Kryssa för minst en resurs" in answer.content.decode()


def test_it_serves_only_the_centre_and_only_its_own(client, county, shelf):
    assert "/accounts/login/" in send(client, "publish", shelf, sure="yes").url
    client.force_login(county.teacher)
    assert send(client, "publish", shelf, sure="yes").status_code == 403
    client.force_login(factories.person(Role.COORDINATOR, factories.organisation()))
    send(client, "publish", shelf, sure="yes")
    assert titled("published") == ["Cirklar"]
    client.force_login(county.expert)
    assert client.get(reverse("resources:together")).status_code == 405
    html = client.get(reverse("resources:work")).content.decode()
    assert 'value="review"' in html and 'value="publish"' not in html


def test_the_list_keeps_its_filter_and_ticks_a_whole_page(client, county, shelf):
    client.force_login(county.coordinator)
    html = client.get(f"{reverse('resources:work')}?{LIST}").content.decode()
    assert html.count('type="checkbox" form="together"') == 2 and " checked" not in html  # those with an a
    assert "?q=a&amp;sort=title&amp;status=published" in html
    html = client.get(f"{reverse('resources:work')}?{LIST}&pick=all").content.decode()
    assert html.count(" checked") == 2 and "Välj ingen" in html
    assert 'name="back" value="q=a&amp;sort=title&amp;page=1&amp;status=draft"' in html
    assert "17\xa0aug\xa02026" in html
