"""Opening the gate: the right decides, places and uses are counted, and nobody is remembered."""

from datetime import timedelta

import pytest

from resursnav.deliver.streaming import actions
from resursnav.deliver.streaming.models import Meter, Seat, StreamUse
from resursnav.foundation.notices.models import Notice
from resursnav.foundation.organisations.models import Kind, Organisation
from resursnav.landscape.agreements import actions as agreeing
from resursnav.landscape.agreements.models import UsageRight
from resursnav.landscape.agreements.terms import Way
from tests import factories

from .conftest import FILM, TODAY, film_of, right_of


def opened(film, place, at, **said):
    return actions.start(edition=film, place=place, by=None, at=at, **said)


def test_it_opens_and_counts_without_a_limit(film, county, at):
    started = opened(film, county.school, at)
    assert (started.url, started.seat, started.until) == (FILM, None, at + timedelta(hours=2))
    opened(film, county.school, at)
    (use,) = StreamUse.objects.all()
    assert (use.day, use.unit, use.municipality, use.number, use.turned_away) == (
        TODAY,
        county.school,
        county.town,
        2,
        0,
    )
    assert (use.way, use.by_code, use.media_type, use.right.agreement) == (
        "stream_class",
        False,
        "stream",
        county.agreement,
    )
    assert not Meter.objects.exists()
    assert not Seat.objects.exists()


def test_it_says_why_not_and_counts_nothing(film, county, at):
    with pytest.raises(actions.UnableToWatch, match="Fredrikaskolan"):
        opened(film, county.other_school, at)
    with pytest.raises(actions.UnableToWatch, match="hemma"):
        opened(film, county.school, at, way=Way.STREAM_HOME)
    with pytest.raises(actions.UnableToWatch, match="Välj vilken enhet"):
        opened(film, None, at)
    assert not StreamUse.objects.exists()


@pytest.mark.parametrize(
    "url", ["", "javascript:alert(1)", "ftp://film.example.org/a", "file:///etc/passwd", "https:///a", "//a"]
)
def test_it_leads_only_to_the_web(county, right, at, url):
    film = film_of(county, url=url)
    with pytest.raises(actions.UnableToWatch, match="Adressen"):
        opened(film, county.school, at)


def test_a_right_for_pupils_lets_the_teacher_show_it(county, at):
    right_of(county, audience=("pupils",))
    film = film_of(county)
    assert opened(film, county.school, at).url == FILM


def test_a_right_for_others_does_not(county, at):
    right_of(county, audience=("public",))
    with pytest.raises(actions.UnableToWatch, match="allmänheten"):
        opened(film_of(county), county.school, at)


def test_places_are_given_back_and_run_out(county, at):
    right_of(county, most_users=2)
    film = film_of(county)
    first, second = (opened(film, county.school, at + timedelta(minutes=n)) for n in (0, 10))
    assert first.seat != second.seat
    with pytest.raises(actions.Full, match=r"2 platser .* 12\.00"):
        opened(film, county.school, at + timedelta(minutes=20))
    assert StreamUse.objects.get().turned_away == 1
    assert actions.give_back(seat=first.seat, by=None, at=at + timedelta(minutes=30))
    assert not actions.give_back(seat=first.seat, by=None, at=at + timedelta(minutes=30))
    third = opened(film, county.school, at + timedelta(minutes=31))
    assert Seat.objects.get(pk=third.seat).number == 1
    later = at + timedelta(hours=3)  # both are over by themselves
    assert not actions.give_back(seat=second.seat, by=None, at=later)
    assert opened(film, county.school, later).seat
    assert StreamUse.objects.get().number == 4
    assert Seat.objects.held_at(later).count() == 1


def test_uses_run_out_and_whoever_answers_is_told_twice(county, at):
    right_of(county, most_uses=5)
    film = film_of(county)
    for _turn in range(5):
        opened(film, county.school, at)
    with pytest.raises(actions.Full, match="högst 5 visningar"):
        opened(film, county.school, at)
    titles = list(Notice.objects.filter(person=county.coordinator).order_by("pk").values_list("title", flat=True))
    assert titles == ["Skolfilm: 80 procent av visningarna är använda", "Skolfilm: alla visningar är använda"]
    assert Meter.objects.get().uses == 5
    assert list(Meter.objects.reached(80)) == list(Meter.objects.reached(100)) == [Meter.objects.get()]
    assert StreamUse.objects.totals() == {"uses": 5, "away": 1}


def test_a_new_period_begins_from_nothing(county, at):
    right = right_of(county, most_uses=1)
    film = film_of(county)
    opened(film, county.school, at)
    agreeing.extend(agreement=county.agreement, valid_to=None, by=None, at=at)
    with pytest.raises(actions.Full):
        opened(film, county.school, at)
    later = at.replace(year=2027, month=7, day=2)
    assert opened(film, county.school, later).url
    meter = Meter.objects.get(right=right)
    assert (meter.uses, meter.since.isoformat(), meter.told_percent) == (1, "2027-07-01", 100)


def test_another_right_helps_when_the_first_is_full(county, at):
    right_of(county, most_users=1)
    right_of(county)
    film = film_of(county)
    assert [bool(opened(film, county.school, at).seat) for _ in range(3)] == [True, False, False]
    assert StreamUse.objects.totals() == {"uses": 3, "away": 0}
    assert list(StreamUse.objects.of_rights([UsageRight.objects.latest("pk").pk]).values_list("number", flat=True)) == [
        2
    ]


def test_what_lies_under_a_region_counts_there(county, at):
    right = right_of(county)
    office = factories.organisation(county.region, kind=Kind.UNIT, unit_type="office", name="Kontoret")
    agreeing.mark_place(right=right, organisation=office, included=True, by=None, at=at)
    opened(film_of(county), Organisation.objects.get(pk=office.pk), at)
    assert StreamUse.objects.get().municipality == county.region


def test_the_subject_is_kept_as_it_was(county, right, at):
    film = film_of(county)
    subject = film.resource.subjects.create(scheme="school", code="GRGRBIO01", label="Biologi")
    opened(film, county.school, at)
    assert StreamUse.objects.get().subject == subject.code


def test_what_the_licence_allows_counts_without_a_right(county, at):
    film = film_of(county, licence="TEACHING")
    opened(film, county.school, at)
    opened(film, county.school, at)
    use = StreamUse.objects.get()
    assert (use.right, use.number) == (None, 2)


def test_a_line_that_somebody_else_has_begun_is_added_to(film, county, at, monkeypatch):
    """Two begin the day's line at once: the update finds none, the insert finds one."""
    opened(film, county.school, at)
    real, missed = StreamUse.objects.filter, []

    def once_blind(**key):
        if "unit" in key and not missed:
            missed.append(key)
            return StreamUse.objects.none()
        return real(**key)

    monkeypatch.setattr(StreamUse.objects, "filter", once_blind)
    opened(film, county.school, at)
    assert missed
    assert StreamUse.objects.get().number == 2


def test_places_that_are_over_are_forgotten(county, at):
    right_of(county, most_users=2)
    film = film_of(county)
    opened(film, county.school, at)
    over = at + timedelta(hours=2)
    assert actions.clear_seats(before=over, at=over) == 0
    assert actions.clear_seats(before=over + timedelta(days=5), at=over) == 0  # never what may still be held
    assert actions.clear_seats(before=over + timedelta(seconds=1), at=over + timedelta(days=1)) == 1
    assert StreamUse.objects.get().number == 1


def test_nothing_kept_points_at_a_person():
    for model in (Seat, Meter, StreamUse):
        related = {field.related_model._meta.label for field in model._meta.get_fields() if field.is_relation}
        assert "people.Person" not in related
