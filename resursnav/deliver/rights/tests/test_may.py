"""May we, how, until when: asked of many titles for a place."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from resursnav.deliver.resources.models import Collection, CollectionItem
from resursnav.deliver.rights import may
from resursnav.deliver.rights.judging import Basis
from resursnav.deliver.rights.models import CollectionTie, SupplierTie, TitleEntry
from resursnav.foundation.keeping import forget_all
from resursnav.foundation.organisations import actions as organising
from resursnav.foundation.organisations.models import Organisation
from resursnav.landscape.agreements import actions as agreeing
from resursnav.landscape.agreements.actions import telling
from resursnav.landscape.agreements.facts import RightFacts
from resursnav.landscape.agreements.terms import Audience, Reason, Way
from tests import factories

from .conftest import AT, TODAY, grant, titles_of
from .oracle import brute


def put(titles, resource):
    return TitleEntry.objects.create(titles=titles, resource=resource, added_at=AT)


def asked(resource, place, way=Way.STREAM_CLASS, day=TODAY, **more):
    return may.ask([resource], place=place, way=way, day=day, **more)[resource.pk]


@pytest.fixture
def film(county):
    return factories.resource(county.region, "film", title="Skogens hemligheter", publisher="Norrfilm  ab")


@pytest.fixture
def skolfilm(agree, county, film):
    """Classics may be streamed in class in the town."""
    agreement = agree("Skolfilm", ("stream_class", "Klassiker", {county.town: True}))
    put(titles_of(agreement), film)
    return agreement


def test_it_allows_with_the_agreement_behind_it_and_until_when(county, film, skolfilm):
    found = asked(film, county.school)
    right = skolfilm.rights.get()
    assert (found.allowed, found.reason, found.basis) == (True, "allowed", Basis.AGREEMENT)
    assert (found.agreement_id, found.right_id, found.until) == (skolfilm.pk, right.pk, date(2027, 7, 1))
    assert found.sentence == "Får strömmas i klassrummet på Bergvattenskolan till och med 30 juni 2027."


def test_it_says_no_to_the_neighbour_without_telling_whose_it_is(county, film, skolfilm):
    found = asked(film, county.other_school)
    assert (found.allowed, found.reason) == (False, "not_covered")
    assert "Dorotea" not in found.sentence and "gäller inte där" in found.sentence


def test_it_knows_nothing_of_what_others_have_agreed_for_others(county, film, skolfilm):
    abroad = factories.organisation(factories.organisation(name="Region Söder"), name="Ekby")
    found = asked(film, abroad)
    assert (found.reason, found.agreement_id, found.basis) == ("no_agreement", None, Basis.NONE)


def test_an_exception_is_named_and_the_nearest_mark_wins(county, film, agree):
    agreement = agree("Skolfilm", ("stream_class", "Klassiker", {county.region: True, county.town: False}))
    put(titles_of(agreement), film)
    found = asked(film, county.school)
    assert (found.allowed, found.reason) == (False, "excepted") and "Dorotea är undantagen" in found.sentence
    right = agreement.rights.get()
    agreeing.mark_place(right=right, organisation=county.school, included=True, by=None, at=AT)
    assert asked(film, county.school).allowed and asked(film, county.other_school).allowed
    assert not asked(film, county.town).allowed


def test_a_right_for_the_whole_agreement_covers_all_its_lists_and_no_other_titles(county, film, agree):
    agreement = agree("Skolfilm", ("copy", "Klassiker", {county.town: True}), ("stream_class", "", {county.town: True}))
    assert not asked(film, county.school).allowed
    put(titles_of(agreement), film)
    assert asked(film, county.school).allowed and asked(film, county.school, Way.COPY).allowed


def test_titles_come_by_collection_and_by_supplier_too(county, film, agree):
    agreement = agree("Skolfilm", ("stream_class", "Klassiker", {county.town: True}))
    tie = SupplierTie.objects.create(titles=titles_of(agreement), name="NORRFILM  AB", added_at=AT)
    assert asked(film, county.school).allowed
    tie.delete()
    shelf = Collection.objects.create(owner=county.region, title="Skog", lead="Skog", created_at=AT, updated_at=AT)
    CollectionTie.objects.create(titles=titles_of(agreement), collection=shelf, added_at=AT)
    assert not asked(film, county.school).allowed
    CollectionItem.objects.create(collection=shelf, resource=film, position=1)
    assert asked(film, county.school).allowed


def test_overlapping_rights_give_the_longest_and_follow_each_other_without_a_gap(county, film, skolfilm, agree):
    later = agree(
        "Ny skolfilm", ("stream_class", "Nytt", {county.region: True}), valid_from=date(2027, 7, 1),
        valid_to=date(2028, 7, 1),
    )  # fmt: skip
    put(titles_of(later, "Nytt"), film)
    assert asked(film, county.school).until == date(2028, 7, 1)
    assert asked(film, county.school).agreement_id == skolfilm.pk
    assert asked(film, county.school, day=date(2027, 8, 1)).agreement_id == later.pk


def test_a_unit_that_moves_takes_its_new_municipalitys_rights(county, film, skolfilm):
    assert asked(film, county.school).allowed
    organising.move(organisation=county.school, parent=county.neighbour, by=county.coordinator, at=AT)
    assert not asked(film, Organisation.objects.get(pk=county.school.pk)).allowed


def test_a_period_ends_at_midnight_in_sweden(county, film, skolfilm):
    last = datetime(2027, 6, 30, 21, 59, 59, tzinfo=UTC)
    assert asked(film, county.school, day=timezone.localdate(last)).allowed
    found = asked(film, county.school, day=timezone.localdate(last + timedelta(seconds=1)))
    assert (found.allowed, found.reason) == (False, "ended") and "30 juni 2027" in found.sentence


@pytest.mark.parametrize(
    ("media", "licence", "way", "allowed", "basis"),
    [
        (["book"], "", Way.LOAN, True, Basis.LAW),
        (["equipment"], "RESERVED", Way.LOAN, True, Basis.LAW),
        (["kit", "guide"], "", Way.LOAN, True, Basis.LAW),
        (["film"], "", Way.LOAN, False, Basis.NONE),
        (["app"], "", Way.LOAN, False, Basis.NONE),
        (["film", "guide"], "", Way.LOAN, False, Basis.NONE),
        (["stream"], "", Way.LOAN, False, Basis.NONE),
        (["book"], "", Way.COPY, False, Basis.NONE),
        (["film"], "CC-BY-NC", Way.PUBLIC, True, Basis.LICENCE),
        (["film"], "PD", Way.COPY, True, Basis.LICENCE),
        (["film"], "TEACHING", Way.STREAM_CLASS, True, Basis.LICENCE),
        (["film"], "TEACHING", Way.STREAM_HOME, False, Basis.NONE),
        (["film"], "AGREEMENT", Way.STREAM_CLASS, False, Basis.NONE),
    ],
)
def test_without_an_agreement_the_law_and_the_licence_answer(county, media, licence, way, allowed, basis):
    thing = factories.resource(county.region, *media, licence=licence)
    found = asked(thing, county.school, way)
    assert (found.allowed, found.basis, found.until, found.agreement_id) == (allowed, basis, None, None)
    stranger = asked(thing, None, way)
    assert (stranger.allowed, stranger.basis) == (allowed, basis) and (allowed or stranger.reason == may.NO_PLACE)


def test_a_teaching_licence_is_not_for_the_public(county):
    thing = factories.resource(county.region, "film", licence="TEACHING")
    assert not asked(thing, county.school, audience=Audience.PUBLIC).allowed
    assert asked(thing, county.school, audience=Audience.PUPILS).allowed


def test_a_bought_book_is_lent_unless_an_agreement_speaks_of_loans(county, agree):
    book = factories.resource(county.region, "book", "film")
    agreement = agree("Kopiering", ("copy", "Böcker", {county.region: True}))
    put(titles_of(agreement, "Böcker"), book)
    assert not asked(book, county.school, Way.LOAN).allowed  # the film in it may not be lent
    assert asked(book, county.school, Way.LOAN, media=["book"]).basis == Basis.LAW
    grant(agreement, "loan", "Böcker", {county.neighbour: True})
    assert not asked(book, county.school, Way.LOAN, media=["book"]).allowed
    assert not asked(book, None, Way.LOAN, media=["book"]).allowed  # a stranger's place may be any


@pytest.mark.parametrize(
    ("right", "more", "reason", "words"),
    [
        ({"school_forms": ("GY",)}, {"forms": ["GR"]}, Reason.WRONG_FORM, "gymnasie"),
        ({"audience": ("staff",)}, {"audience": Audience.PUPILS}, Reason.WRONG_AUDIENCE, "av personal"),
        ({}, {"way": Way.PUBLIC}, Reason.WRONG_WAY, "men strömmas i klassrummet"),
        ({"school_forms": ("GY",)}, {"way": Way.COPY, "day": date(2029, 1, 1)}, Reason.WRONG_WAY, "Får inte kopieras"),
        ({}, {"day": date(2025, 12, 31)}, Reason.NOT_YET, "från och med 1 januari 2026"),
    ],
)
def test_a_refusal_says_why(county, agree, film, right, more, reason, words):
    agreement = agree("Skolfilm")
    grant(agreement, "stream_class", "Klassiker", {county.town: True}, **right)
    put(titles_of(agreement), film)
    found = asked(film, county.school, **more)
    assert (found.allowed, found.reason) == (False, reason.value)
    assert words in found.sentence


def test_notice_is_told(county, film, skolfilm):
    agreeing.terminate(agreement=skolfilm, reason="För dyrt.", by=None, at=AT)
    found = asked(film, county.school, day=date(2027, 7, 1))
    assert found.reason == "terminated" and "uppsagt" in found.sentence


def test_a_right_that_ended_before_it_began_counts_for_nothing(county, film, skolfilm):
    agreeing.end_right(right=skolfilm.rights.get(), ends=date(2025, 1, 1), reason="Fel.", by=None, at=AT)
    assert asked(film, county.school).reason == "no_agreement"


def test_it_takes_two_statements_at_most_for_twenty_titles_in_every_way(county, agree, django_assert_num_queries):
    shelf = [factories.resource(county.region, "film", publisher=f"Förlag {n % 3}") for n in range(20)]
    for number in range(5):
        agreement = agree(f"Avtal {number}", ("stream_class", "Lista", {county.region: True, county.school: False}))
        SupplierTie.objects.create(titles=titles_of(agreement, "Lista"), name=f"Förlag {number % 3}", added_at=AT)
    place = Organisation.objects.get(pk=county.town.pk)
    with django_assert_num_queries(2):
        found = may.ask_all(shelf, place=place, day=TODAY)
    assert len(found) == 20 and all(verdicts[Way.STREAM_CLASS].allowed for verdicts in found.values())
    with django_assert_num_queries(0):
        assert may.ask([], place=place, way=Way.LOAN, day=TODAY) == {}


@pytest.mark.parametrize("seed", range(3))
def test_it_answers_as_somebody_who_walks_over_every_row(county, agree, seed):
    dice = random.Random(seed)
    abroad = factories.organisation(name="Region Söder")
    places = [county.region, county.town, county.neighbour, county.school, county.other_school]
    places.append(factories.organisation(factories.organisation(abroad, name="Ekby"), name="Ekskolan"))
    shelf = [thing(county.region, dice) for _number in range(8)]
    collection = Collection.objects.create(owner=county.region, title="S", lead="S", created_at=AT, updated_at=AT)
    for position, resource in enumerate(dice.sample(shelf, 3)):
        CollectionItem.objects.create(collection=collection, resource=resource, position=position)
    for number in range(6):
        owner = dice.choice([county.region, county.region, county.town, abroad])
        below = [place for place in places if Organisation.objects.at_or_below([owner.pk]).filter(pk=place.pk)]
        agreement = agree(f"Avtal {number}", owner=owner, **period(dice))
        for _right in range(3):
            marks = {place: dice.random() < 0.7 for place in dice.sample(below, dice.randrange(len(below) + 1))}
            grant(agreement, dice.choice(["loan", "stream_class", "copy"]), dice.choice(["", "Ett", "Två"]), marks)
        for titles in agreement.title_lists.all():
            fill(titles, shelf, collection, dice)
    answers = set()
    for place in places:
        for day in (TODAY, TODAY + timedelta(days=dice.randrange(-200, 400))):
            way = dice.choice([Way.LOAN, Way.STREAM_CLASS, Way.COPY])
            found = may.ask(shelf, place=place, way=way, day=day)
            for resource in shelf:
                verdict = found[resource.pk]
                assert (verdict.allowed, verdict.until) == brute(resource, place, way, day), verdict
                answers.add((verdict.allowed, verdict.basis))
    assert len(answers) >= 4


def thing(owner, dice):
    media = dice.sample(["film", "book", "stream", "game"], dice.randrange(1, 3))
    licence = dice.choice(["", "", "", "PD", "TEACHING", "AGREEMENT"])
    publisher = dice.choice(["", "Norrfilm AB", "norrfilm ab", "Åbo förlag"])
    return factories.resource(owner, *media, licence=licence, publisher=publisher)


def period(dice):
    start = TODAY + timedelta(days=dice.randrange(-400, 60))
    said = {"valid_from": start, "valid_to": dice.choice([None, start + timedelta(days=dice.randrange(50, 500))])}
    if said["valid_to"] and dice.random() < 0.3:
        said |= {"renewal": "extends", "renewal_months": dice.choice([1, 12])}
    return said


def fill(titles, shelf, collection, dice):
    kind = dice.randrange(3)
    if kind == 0:
        for resource in dice.sample(shelf, 3):
            put(titles, resource)
    elif kind == 1:
        CollectionTie.objects.create(titles=titles, collection=collection, added_at=AT)
    else:
        SupplierTie.objects.create(titles=titles, name=dice.choice(["NORRFILM AB", "Åbo Förlag"]), added_at=AT)


VERBS = ["ended", "changed", "added", "terminated", "extended", "marked", "unmarked"]


@pytest.mark.parametrize("verb", VERBS)
def test_what_is_kept_of_the_rights_is_never_out_of_date(county, film, skolfilm, agree, verb):
    before = answers(county, film)
    assert answers(county, film) == before
    do(verb, county, skolfilm)
    after = answers(county, film)
    forget_all()
    assert after == answers(county, film) and after != before


def test_without_a_new_stamp_the_rights_would_be_out_of_date(county, film, skolfilm, monkeypatch):
    """So the test above can see the fault."""
    before = answers(county, film)
    monkeypatch.setattr(telling, "restamp", lambda name: None)
    do("ended", county, skolfilm)
    assert answers(county, film) == before


def test_what_was_rolled_back_is_not_kept(county, film, skolfilm):
    before = answers(county, film)
    with pytest.raises(RuntimeError), transaction.atomic():
        do("ended", county, skolfilm)
        assert answers(county, film) != before
        raise RuntimeError
    assert answers(county, film) == before


def test_it_takes_one_statement_once_the_rights_are_kept(county, film, skolfilm, django_assert_num_queries):
    with django_assert_num_queries(2):
        asked(film, county.school)
    with django_assert_num_queries(1):
        assert asked(film, county.school).allowed
    with django_assert_num_queries(1):
        assert not asked(film, county.other_school).allowed


def answers(county, film):
    """What the school may in every way, in the year before the agreement ends and in the year after."""
    days = (TODAY, date(2027, 8, 1))
    return [may.ask_all([film], place=county.school, day=day)[film.pk] for day in days]


def do(verb, county, agreement):
    right, said = agreement.rights.get(), {"by": None, "at": AT}
    if verb == "ended":
        agreeing.end_right(right=right, ends=date(2026, 11, 1), reason="Slut", **said)
    elif verb == "changed":
        agreeing.change_right(right=right, facts=RightFacts(way="copy", titles="Klassiker"), **said)
    elif verb == "added":
        grant(agreement, "copy", "Klassiker", {county.town: True})
    elif verb == "terminated":
        agreeing.terminate(agreement=agreement, given=TODAY, ends=date(2026, 11, 1), reason="Slut", **said)
    elif verb == "extended":
        agreeing.extend(agreement=agreement, valid_to=date(2028, 7, 1), **said)
    elif verb == "marked":
        agreeing.mark_place(right=right, organisation=county.school, included=False, **said)
    else:
        agreeing.unmark_place(right=right, organisation=county.town, **said)
