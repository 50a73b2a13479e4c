"""A resource's page reads everything in few statements, and only what one may see."""

import pytest

from resursnav.deliver.resources.actions import use
from resursnav.deliver.resources.models import Creator, Identifier, Link, Resource, SubjectTerm
from resursnav.deliver.resources.reading import rows, whole
from resursnav.deliver.resources.rules import SEE
from tests import factories


@pytest.fixture
def full(county):
    thing = factories.resource(
        county.region, "film", "guide", subjects=SubjectTerm.objects.filter(code__in=["BIL", "MAT"])
    )
    for position, name in enumerate(["Åsa Berg", "Anna Ek"]):
        Creator.objects.create(resource=thing, name=name, role="director", position=position)
    Identifier.objects.create(resource=thing, owner=county.region, scheme="isan", value="1")
    for position, url in enumerate(["https://example.org/b", "https://example.org/a"]):
        Link.objects.create(resource=thing, url=url, label=f"Länk {position}", position=position)
    return thing


def test_it_reads_what_the_rows_say_in_three_statements(county, full, at, django_assert_num_queries):
    use(resource=full, by=county.teacher, at=at)
    county.teacher.standing()
    with django_assert_num_queries(3):
        read = whole(county.teacher, full.pk)
        said = {
            name: list(getattr(read, name).all())
            for name in ("creators", "identifiers", "links", "subjects", "editions")
        }
        assert read.owner.name == "Region Norr"
    for name, things in said.items():
        straight = list(getattr(full, name).all())
        assert things == straight
        if name != "editions":
            assert [vars_of(a) for a in things] == [vars_of(b) for b in straight]
    assert (read.use_count, read.used_by_me, read.may_tip, read.may_use) == (1, True, True, True)
    assert (read.may_edit, read.may_publish, read.may_withdraw) == (False, False, False)


def vars_of(row):
    return {name: value for name, value in vars(row).items() if not name.startswith("_")}


def test_it_answers_strangers_and_editors_each_their_way(county, full):
    stranger = whole(object(), full.pk)
    assert (stranger.used_by_me, stranger.may_tip, stranger.may_use, stranger.may_edit) == (False, False, False, False)
    assert whole(county.coordinator, full.pk).may_withdraw
    assert not whole(county.expert, full.pk).may_withdraw
    assert whole(county.expert, full.pk).may_edit


def test_it_reads_nothing_that_one_may_not_see(county):
    draft = factories.resource(county.region, status="draft")
    assert whole(county.teacher, draft.pk) is None
    assert whole(object(), draft.pk) is None
    assert whole(county.expert, draft.pk) == draft


def test_it_lists_in_the_order_asked_without_what_one_may_not_see(county):
    one, two = factories.resource(county.region), factories.resource(county.region)
    hidden = factories.resource(county.region, status="draft")
    assert rows([two.pk, hidden.pk, one.pk, 999_999], county.teacher) == [two, one]


def test_it_shows_what_is_for_the_branch_to_the_branch_only(county):
    own = factories.resource(county.town, visibility="branch")
    neighbour = factories.person("teacher", factories.organisation(county.region))

    def seen(person):
        return Resource.objects.visible_to(person, SEE).filter(pk=own.pk).exists()

    assert [seen(p) for p in (object(), neighbour, county.teacher, county.coordinator)] == [False, False, True, True]
