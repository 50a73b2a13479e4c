"""Class codes: made by a teacher within the right, counted in pupils, ended, forgotten."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from resursnav.deliver.streaming import actions, digits
from resursnav.deliver.streaming.actions import codes as coding
from resursnav.deliver.streaming.models import ClassCode, StreamUse
from resursnav.foundation.access import Role
from resursnav.foundation.people.models import Assignment
from resursnav.kernel.errors import Unable
from resursnav.landscape.agreements import actions as agreeing
from tests import factories

from .conftest import FILM, film_of, right_of

HOUR = timedelta(hours=1)


@pytest.fixture
def make(county, film, at):
    def made(*resources, **said):
        said = {
            "place": county.school, "way": "stream_class", "ends_at": at + 2 * HOUR, "most_pupils": 2,
            "by": county.teacher, "at": at, **said,
        }  # fmt: skip
        return actions.make_code(resources=resources or [film.resource], **said)

    return made


def test_it_lets_as_many_in_as_it_is_for(make, film, at):
    code = make(name=" 5B \n fredag ")
    assert (code.name, str(code), code.spoken) == ("5B fredag", "5B fredag", digits.spoken(code.digits))
    for _pupil in range(2):
        assert actions.let_in(typed=code.spoken, by=None, at=at) == code
    with pytest.raises(actions.UnableToEnter, match="full"):
        actions.let_in(typed=code.digits, by=None, at=at)
    kept = ClassCode.objects.get()
    assert (kept.pupils, kept.is_full) == (2, True)
    started = actions.start(edition=film, code=kept, by=None, at=at)
    assert started.url == FILM
    use = StreamUse.objects.get()
    assert (use.by_code, use.unit) == (True, code.place)


@pytest.mark.parametrize(("typed", "words"), [("1234", "åtta siffror"), ("99999999", "ingen sådan kod"), ("", "åtta")])
def test_a_wrong_code_is_told_from_one_that_is_over(make, at, typed, words):
    with pytest.raises(actions.WrongCode, match=words):
        actions.let_in(typed=typed, by=None, at=at)


def test_a_code_ends_by_time_and_by_a_press(make, at):
    code = make()
    with pytest.raises(actions.UnableToEnter, match="gäller inte längre") as refused:
        actions.let_in(typed=code.digits, by=None, at=code.ends_at)
    assert not isinstance(refused.value, actions.WrongCode)
    actions.end_code(code=code, by=None, at=at + HOUR)
    with pytest.raises(actions.UnableToEnter, match="gäller inte längre"):
        actions.let_in(typed=code.digits, by=None, at=at + HOUR)
    for verb in (actions.end_code, actions.extend_code):
        said = {"ends_at": at + 3 * HOUR} if verb is actions.extend_code else {}
        with pytest.raises(actions.UnableToMake, match="Gör en ny"):
            verb(code=code, by=None, at=at + HOUR, **said)


def test_it_gets_more_time(make, at):
    code = actions.extend_code(code=make(), ends_at=at + 20 * HOUR, by=None, at=at)
    assert ClassCode.objects.get().ends_at == code.ends_at == at + 20 * HOUR


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"way": "public"}, "way", "var koden"),
        ({"way": "stream_home"}, "resources", "hemma"),
        ({"most_pupils": 0}, "most_pupils", "mellan 1"),
        ({"most_pupils": 501}, "most_pupils", "mellan 1"),
        ({"ends_at": datetime(2026, 11, 20, tzinfo=ZoneInfo("UTC"))}, "ends_at", "redan varit"),
        ({"ends_at": datetime(2027, 2, 1, tzinfo=ZoneInfo("UTC"))}, "ends_at", "31 dagar"),
    ],
)
def test_it_refuses_at_the_right_field(make, said, field, words):
    with pytest.raises(actions.UnableToMake, match=words) as refused:
        make(**said)
    assert refused.value.field == field
    assert not ClassCode.objects.exists()


def test_it_refuses_what_cannot_be_opened(make, county, film, at):
    with pytest.raises(actions.UnableToMake, match="Välj vad"):
        actions.make_code(
            resources=[], place=county.school, way="stream_class", ends_at=at + HOUR, most_pupils=1, by=None, at=at
        )
    with pytest.raises(actions.UnableToMake, match="går inte att öppna på webben: Boken"):
        make(factories.resource(county.region, "book", title="Boken"))
    with pytest.raises(actions.UnableToMake, match=r"Vattnets kretslopp.*Fredrikaskolan"):
        make(place=county.other_school)
    many = [factories.resource(county.region) for _ in range(21)]
    with pytest.raises(actions.UnableToMake, match="högst 20"):
        make(*many)


def test_it_opens_nothing_from_the_day_when_its_teachers_assignment_ends(county, make, film, at):
    code = make(ends_at=at + timedelta(days=6), most_pupils=9)
    Assignment.objects.filter(person=county.teacher).update(valid_to=at.date() + timedelta(days=3))
    last = datetime(2026, 11, 22, 23, 59, tzinfo=ZoneInfo("Europe/Stockholm"))
    over = last + timedelta(minutes=1)
    assert actions.let_in(typed=code.digits, by=None, at=last) == code
    assert code.is_working(last)
    for verb in (
        lambda: actions.let_in(typed=code.digits, by=None, at=over),
        lambda: actions.start(edition=film, code=code, by=None, at=over),
        lambda: actions.extend_code(code=code, ends_at=over + HOUR, by=None, at=over),
    ):
        with pytest.raises(Unable, match=r"gäller inte längre|arbetar inte på Bergvattenskolan"):
            verb()
    assert not StreamUse.objects.exists()
    assert [one.stopped for one in ClassCode.objects.noting_stop(over.date())] == [True]
    # A new assignment there, and the code is good again.
    factories.assignment(county.teacher, Role.SCHOOL_LIBRARIAN, county.school)
    assert actions.let_in(typed=code.digits, by=None, at=over) == code


@pytest.mark.parametrize(
    "lost", ["another unit", "a role without pupils", "a closed account", "a closed unit", "nobody"]
)
def test_it_opens_nothing_when_its_teacher_is_not_there(county, make, at, lost):
    code = make()
    posts = Assignment.objects.filter(person=county.teacher)
    match lost:
        case "another unit":
            posts.update(node=county.other_school)
        case "a role without pupils":
            posts.update(role=Role.IT_CONTACT)
        case "a closed account":
            type(county.teacher).objects.filter(pk=county.teacher.pk).update(is_active=False)
        case "a closed unit":
            type(county.school).objects.filter(pk=county.school.pk).update(valid_to=at.date())
        case _:
            ClassCode.objects.update(made_by=None)
    with pytest.raises(actions.UnableToEnter, match="gäller inte längre"):
        actions.let_in(typed=code.digits, by=None, at=at)
    assert actions.end_code(code=code, by=None, at=at).ended_at == at


def test_it_never_lasts_beyond_the_right(county, make, at):
    agreeing.terminate(agreement=county.agreement, reason="Dyrt", by=None, at=at, ends=at.date() + timedelta(days=3))
    code = make(ends_at=at + timedelta(days=20))
    assert code.ends_at == datetime(2026, 11, 23, tzinfo=ZoneInfo("Europe/Stockholm"))


def test_what_is_open_to_all_needs_no_right(county, make):
    free = film_of(county, "Fritt", licence="CC-BY", tied=False, url="https://fri.example.org/")
    code = make(free.resource, free.resource, place=county.other_school, way="stream_home")
    assert code.opened.count() == 1


def test_two_who_draw_the_same_digits_get_different_codes(make, monkeypatch):
    drawn = iter(["11111111", "11111111", "22222222", *["22222222"] * 10])
    monkeypatch.setattr(digits, "new", lambda: next(drawn))
    assert [make().digits, make().digits] == ["11111111", "22222222"]
    with pytest.raises(actions.UnableToMake, match="just nu"):
        make()


def test_the_latest_end_is_a_midnight(at, settings):
    settings.CODE_MOST_DAYS = 1
    assert coding.latest_end(at) == datetime(2026, 11, 21, tzinfo=ZoneInfo("Europe/Stockholm"))


def test_codes_that_are_long_over_are_forgotten_with_their_teacher(make, at):
    ended, running = make(), make(ends_at=at + timedelta(days=10))
    actions.end_code(code=ended, by=None, at=at)
    assert actions.clear_codes(before=at, at=at) == 0
    assert actions.clear_codes(before=at + HOUR, at=at + 50 * HOUR) == 1
    assert ClassCode.objects.get() == running


def test_a_home_code_needs_a_right_at_home(county, make):
    right_of(county, way="stream_home")
    assert make(way="stream_home").get_way_display() == "hemma"


def test_a_code_for_the_classroom_closes_with_the_school(county, film, make, at):
    right_of(county, way="stream_home")
    friday_evening = at + timedelta(hours=11)
    for way, closed in (("stream_class", True), ("stream_home", False)):
        code = make(way=way, ends_at=at + timedelta(days=6))
        assert code.is_closed_at(friday_evening) is closed
        assert not code.is_closed_at(at)
        if closed:
            with pytest.raises(actions.UnableToWatch, match=r"vardagar från kl\. 7 till kl\. 18"):
                actions.start(edition=film, code=code, by=None, at=friday_evening)
        else:
            assert actions.start(edition=film, code=code, by=None, at=friday_evening).url == FILM
