"""The index lets everybody find exactly what the rules let them see."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resursnav.deliver.resources import actions
from resursnav.deliver.resources.finding import Collections, Resources, audience, year_bucket
from resursnav.deliver.resources.models import Collection, Creator, Edition, Identifier, Resource, SubjectTerm
from resursnav.deliver.resources.rules import SEE, SEE_COLLECTION
from resursnav.foundation.access import Role
from resursnav.foundation.organisations.models import Kind
from resursnav.foundation.search.models import Change
from tests import factories

AT = datetime(2026, 11, 20, tzinfo=UTC)
DAYS = {"created_at": AT, "updated_at": AT, "published_at": AT}
trees = st.lists(st.integers(0, 5), max_size=6)  # the parent of each node after the first, modulo what exists
posts = st.lists(st.tuples(st.sampled_from(list(Role)), st.integers(0, 6)), max_size=3)
shelf = st.lists(
    st.tuples(
        st.integers(0, 6),
        st.sampled_from(["draft", "reviewed", "published", "withdrawn"]),
        st.sampled_from(["public", "branch"]),
    ),
    min_size=1,
    max_size=6,
)


def grow(parents):
    """A tree of any shape."""
    nodes = [factories.organisation()]
    for choice in parents:
        parent = nodes[choice % len(nodes)]
        nodes.append(factories.organisation(parent, kind=Kind.DEPARTMENT if parent.parent_id else Kind.MUNICIPALITY))
    return nodes


@given(trees, posts, shelf)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@pytest.mark.django_db
def test_it_finds_exactly_what_one_may_see(parents, held, things):
    nodes = grow(parents)
    nodes.append(factories.organisation())  # another county
    somebody = factories.person()
    for role, place in {(role, place % len(nodes)) for role, place in held}:
        factories.assignment(somebody, role, nodes[place])
    resources, collections = [], []
    for number, (place, status, visibility) in enumerate(things):
        owner = nodes[place % len(nodes)]
        reason = "Slut" if status == "withdrawn" else ""
        resources.append(factories.resource(owner, status=status, visibility=visibility, withdrawn_reason=reason))
        collections.append(
            Collection.objects.create(
                owner=owner,
                title=f"{number}",
                lead="x",
                status="draft" if status == "reviewed" else status,
                visibility=visibility,
                **DAYS,
            )
        )
    for person in (somebody, AnonymousUser()):
        own = audience(person)
        for source, model, rule, made in (
            (Resources(), Resource, SEE, resources),
            (Collections(), Collection, SEE_COLLECTION, collections),
        ):
            keys = [thing.pk for thing in made]
            seen = set(model.objects.visible_to(person, rule).filter(pk__in=keys).values_list("pk", flat=True))
            found = {document.id for document in source.documents(keys) if own & set(document.audience)}
            plain, count = source.plain([], own, 0, 10_000)
            assert found == seen
            assert set(plain) & set(keys) == seen
            assert count == model.objects.visible_to(person, rule).count()


def test_it_tells_the_index_everything(county, django_assert_num_queries):
    thing = factories.resource(
        county.region,
        title="Renar på fjället",
        subtitle="En film",
        other_titles=["Bohtsot"],
        description="Om renskötsel.",
        own_number="D 77",
        publisher="Norrfilm",
        year=2023,
        languages=["sv", "se"],
        school_forms=["GR", "SAM"],
        grade_from=4,
        grade_to=6,
        licence="TEACHING",
        accessibility=["transcript"],
        subjects=[
            SubjectTerm.objects.get(scheme="school", code="GEO"),
            SubjectTerm.objects.create(scheme="lcc", code="GN", label="GN"),
        ],
    )
    thing.editions.all().delete()
    Edition.objects.create(resource=thing, media_type="film", number="DVD 9", subtitles=["sv"], audio_description=True)
    Edition.objects.create(resource=thing, media_type="guide", label="Handledning", position=1)
    Creator.objects.create(resource=thing, name="Sara Blind")
    Identifier.objects.create(resource=thing, owner=county.region, scheme="isan", value="0000-0001")
    with django_assert_num_queries(7):
        (document,) = Resources().documents([thing.pk, 999_999])
    assert document.title == "Renar på fjället"
    assert document.subtitle == "En film Bohtsot Norrfilm"
    assert document.text == "Om renskötsel. Handledning"
    assert document.subjects == ["Geografi"]
    assert document.creators == ["Sara Blind"]
    assert document.identifiers == ["0000-0001", "D 77", "DVD 9"]
    assert document.newest == int(thing.published_at.timestamp())
    assert document.facets == {
        "type": ["film", "guide"],
        "subject": ["school:GEO"],
        "form": ["GR", "SAM"],
        "grade": ["4", "5", "6"],
        "language": ["sv", "se"],
        "year": ["2020"],
        "owner": [str(county.region.pk)],
        "access": ["audioDescription", "captions", "transcript"],
        "licence": ["TEACHING"],
        "point": [],
    }
    assert set(document.facets) == set(Resources.facets)
    assert Resources().ids() == [thing.pk]


def test_it_falls_back_to_words_in_sql(county):
    factories.resource(county.region, title="Älgen i skogen")
    found = factories.resource(county.region, title="Skogen", description="Här bor älgen.")
    factories.resource(county.region, title="Älgen i skogen, utkast", status="draft")
    own = audience(county.teacher)
    keys, count = Resources().plain(["älgen", "skogen"], own, 0, 1)
    assert (keys, count) == ([found.pk], 2)
    collection = Collection.objects.create(
        owner=county.region, title="Älgar", lead="x", created_at=AT, updated_at=AT, status="published", published_at=AT
    )
    assert Collections().plain(["älgar"], own, 0, 5) == ([collection.pk], 1)
    assert Collections().ids() == [collection.pk]


@pytest.mark.parametrize(("year", "bucket"), [(None, ""), (1949, "0"), (1950, "1950"), (2024, "2020"), (2025, "2025")])
def test_it_gathers_years(year, bucket):
    assert year_bucket(year) == bucket


def test_it_tells_the_index_of_every_change(county, at):
    thing = factories.resource(county.region, status="draft", description="x", grade_from=1, grade_to=1)
    thing.subjects.set(SubjectTerm.objects.filter(code="MAT"))
    collection = actions.create_collection(
        owner=county.region, title="S", lead="L", text="", visibility="public", by=None, at=at
    )
    tip = actions.add_tip(resource=thing, headline="Rubrik", text="En text som är lång nog.", by=county.teacher, at=at)
    steps = [
        lambda: actions.review(resource=thing, by=None, at=at),
        lambda: actions.reopen(resource=thing, by=None, at=at),
        lambda: actions.publish(resource=thing, by=None, at=at),
        lambda: actions.withdraw(resource=thing, reason="Slut", by=None, at=at),
        lambda: actions.remove_cover(resource=thing, by=None, at=at),
        lambda: actions.approve_tip(tip=tip, by=county.expert, at=at),
        lambda: actions.remove_tip(tip=tip, by=county.teacher, at=at),
        lambda: actions.set_items(collection=collection, items=[(thing.pk, "")], by=None, at=at),
        lambda: actions.publish_collection(collection=collection, by=None, at=at),
        lambda: actions.withdraw_collection(collection=collection, by=None, at=at),
    ]
    for step in steps:
        before = Change.objects.count()
        step()
        assert Change.objects.count() > before
    assert set(Change.objects.values_list("kind", "key")) == {("resource", thing.pk), ("collection", collection.pk)}
