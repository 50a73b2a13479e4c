"""The pages: the gate, the way in for pupils, the teacher's codes, and how much is used."""

from datetime import timedelta

import pytest
from django.urls import reverse

from resursnav.deliver.resources.models import Collection, CollectionItem
from resursnav.deliver.streaming import actions
from resursnav.deliver.streaming.models import ClassCode, Seat, StreamUse
from resursnav.deliver.streaming.views import entering
from resursnav.foundation.access import Role
from resursnav.foundation.access.limits import Limit
from resursnav.foundation.people.models import Assignment
from resursnav.landscape.agreements import actions as agreeing
from tests import factories

from .conftest import FILM, film_of, right_of


def url(name, *args):
    return reverse(f"streaming:{name}", args=args)


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def code(county, film, at):
    return actions.make_code(
        resources=[film.resource], place=county.school, way="stream_class", ends_at=at + timedelta(hours=2),
        most_pupils=2, by=county.teacher, at=at, name="5B",
    )  # fmt: skip


@pytest.fixture
def staff(client, county):
    client.force_login(county.teacher)
    return client


def test_a_code_stops_when_its_teacher_moves_and_the_teacher_reads_why(client, county, film, code, at):
    client.post(url("enter"), {"code": code.digits})
    assert "Vattnets kretslopp" in text(client.get(url("opened")))
    Assignment.objects.filter(person=county.teacher).update(valid_to=at.date())
    factories.assignment(county.teacher, Role.TEACHER, county.other_school)
    assert "Ingen kod är öppen" in text(client.get(url("opened")))
    assert FILM not in text(client.post(url("watch", film.pk), {"via": f"code:{code.pk}"}))
    client.force_login(county.teacher)
    page = text(client.get(url("codes")))
    assert "Stoppad" in page
    assert "Ditt uppdrag där har slutat" in page
    page = text(client.get(code.get_absolute_url()))
    assert "Ditt uppdrag på Bergvattenskolan har slutat eller flyttat" in page
    assert url("sheet", code.pk) not in page
    assert code.spoken not in text(client.get(reverse("start")))
    answer = client.post(url("extend", code.pk), {"last_day": "2026-11-20", "last_time": "15:00"})
    assert answer.status_code == 422
    client.force_login(county.principal)
    assert "Uppdraget har slutat" in text(client.get(url("codes")))
    assert "Den som gjorde koden arbetar inte på Bergvattenskolan" in text(client.get(code.get_absolute_url()))
    assert client.post(url("end", code.pk)).status_code == 302
    assert ClassCode.objects.get().ended_at == at


# The gate


def test_a_teacher_reads_whether_and_presses(staff, film):
    page = staff.get(url("watch", film.pk))
    assert "Får strömmas i klassrummet på Bergvattenskolan till och med 30 juni 2027." in text(page)
    assert FILM not in text(page)
    assert "https:" in page["Content-Security-Policy"].partition("form-action")[2].partition(";")[0]
    assert not StreamUse.objects.exists()
    answer = staff.post(url("watch", film.pk))
    assert (answer.status_code, answer["Location"]) == (303, FILM)
    assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("no-referrer", "no-store")
    again = staff.post(url("watch", film.pk))
    assert again["Location"] == FILM
    assert StreamUse.objects.get().number == 1
    assert "Jag är klar" in text(staff.get(url("watch", film.pk)))


def test_a_place_is_given_back_by_a_press(staff, county):
    right_of(county, most_users=1)
    film = film_of(county)
    staff.post(url("watch", film.pk))
    assert Seat.objects.get().live
    answer = staff.post(url("done", film.pk), follow=True)
    assert "Tack!" in text(answer)
    assert not Seat.objects.get().live
    assert staff.post(url("done", film.pk))["Location"] == "/"
    assert staff.post(url("watch", film.pk)).status_code == 303


def test_a_full_right_says_when_there_is_room(staff, county, at):
    right_of(county, most_users=1)
    film = film_of(county)
    actions.start(edition=film, place=county.school, by=None, at=at)
    answer = staff.post(url("watch", film.pk))
    assert answer.status_code == 409
    assert "senast 20 nov 2026 12.00" in text(answer).replace("\u00a0", " ")


def test_a_school_without_the_right_reads_why(client, county, film):
    client.force_login(county.stranger)
    page = text(client.get(url("watch", film.pk)))
    assert "Får inte strömmas i klassrummet på Fredrikaskolan" in page
    assert "Fråga centret" in page
    answer = client.post(url("watch", film.pk))
    assert answer.status_code == 403
    assert FILM not in text(answer)


def test_somebody_with_two_schools_chooses(client, county, film):
    factories.assignment(county.teacher, Role.TEACHER, county.other_school)
    client.force_login(county.teacher)
    page = text(client.get(url("watch", film.pk)))
    assert "För vilken enhet" in page
    assert client.post(url("watch", film.pk)).status_code == 200  # nothing chosen: the choice again
    chosen = url("watch", film.pk) + f"?via=place:{county.other_school.pk}"
    assert "Får inte strömmas" in text(client.get(chosen))
    answer = client.post(url("watch", film.pk), {"via": f"place:{county.school.pk}"})
    assert answer["Location"] == FILM
    assert StreamUse.objects.get().unit == county.school


def test_a_stranger_is_asked_for_a_code_or_to_sign_in(client, film):
    page = text(client.get(url("watch", film.pk)))
    assert "Jag har en kod från min lärare" in page
    assert f"/accounts/login/?next={url('watch', film.pk)}" in page
    assert FILM not in text(client.post(url("watch", film.pk)))
    assert not StreamUse.objects.exists()


def test_somebody_without_an_assignment_is_told_so(client, film):
    client.force_login(factories.person())
    assert "Du har inget uppdrag" in text(client.get(url("watch", film.pk)))


def test_there_is_no_gate_before_what_is_open_or_hidden(client, county, right, at):
    free = film_of(county, licence="CC-BY")
    assert client.get(url("watch", free.pk))["Location"] == free.resource.get_absolute_url()
    secret = film_of(county, status="draft", published_at=None)
    bare = film_of(county, url="")
    for pk in (secret.pk, bare.pk, 999_999):
        assert client.get(url("watch", pk)).status_code == 404


def test_a_right_that_went_while_one_was_away_closes_again(staff, film, county, at):
    staff.post(url("watch", film.pk))
    right = county.agreement.rights.get()
    agreeing.unmark_place(right=right, organisation=county.town, by=None, at=at)
    assert staff.post(url("watch", film.pk)).status_code == 403


# Pupils


def test_a_pupil_without_account_comes_in_by_the_code(client, film, code):
    page = client.get(url("enter") + f"?code={code.digits}")
    assert f'value="{code.spoken}"' in text(page)
    answer = client.post(url("enter"), {"code": code.spoken})
    assert answer["Location"] == url("opened")
    page = client.get(url("opened"))
    assert "5B, Bergvattenskolan" in text(page)
    assert FILM not in text(page)
    pressed = client.post(url("watch", film.pk), {"via": f"code:{code.pk}"})
    assert pressed["Location"] == FILM
    assert StreamUse.objects.get().by_code
    client.post(url("enter"), {"code": code.digits})  # the same browser is not one pupil more
    assert ClassCode.objects.get().pupils == 1
    assert "Tillbaka till det som redan är öppet" in text(client.get(url("enter")))
    closed = client.post(url("done", film.pk))
    assert closed["Location"] == url("opened")
    assert client.session.get_expiry_age() <= 2 * 3600


def test_a_browser_remembers_until_its_last_code_ends(client, county, film, code, at):
    longer = actions.make_code(
        resources=[film.resource], place=county.school, way="stream_class", ends_at=at + timedelta(hours=9),
        most_pupils=2, by=county.teacher, at=at,
    )  # fmt: skip
    for one in (longer, code):
        client.post(url("enter"), {"code": one.digits})
    assert 8 * 3600 < client.session.get_expiry_age() <= 9 * 3600


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", "Skriv koden."), ("12", "åtta siffror"), ("99999999", "ingen sådan kod"), ("1" * 50, "åtta siffror")],
)
def test_a_wrong_code_is_answered_at_the_field(client, code, typed, words):
    answer = client.post(url("enter"), {"code": typed})
    assert answer.status_code == 422
    assert words in text(answer)


def test_an_ended_and_a_full_code_are_answered_clearly(client, code, at):
    for _pupil in range(2):
        actions.let_in(typed=code.digits, by=None, at=at)
    assert "Koden är full" in text(client.post(url("enter"), {"code": code.digits}))
    actions.end_code(code=code, by=None, at=at)
    assert "gäller inte längre" in text(client.post(url("enter"), {"code": code.digits}))


def test_whoever_guesses_must_wait_but_whoever_knows_does_not(client, code, monkeypatch):
    monkeypatch.setattr(entering, "WRONG", Limit("few", 2, 600))
    answers = [client.post(url("enter"), {"code": f"9999999{n}"}).status_code for n in range(4)]
    assert answers == [422, 422, 429, 429]
    assert client.post(url("enter"), {"code": code.digits}).status_code == 302


def test_a_code_that_has_ended_opens_nothing_more(client, film, code, at):
    client.post(url("enter"), {"code": code.digits})
    actions.end_code(code=code, by=None, at=at)
    assert "Ingen kod är öppen" in text(client.get(url("opened")))
    assert FILM not in text(client.post(url("watch", film.pk), {"via": f"code:{code.pk}"}))


def test_a_code_opens_what_only_the_branch_may_see_and_what_is_free(client, county, right, at):
    hidden = film_of(county, "Bara vi", visibility="branch")
    free = film_of(county, "Fritt", licence="CC-BY", tied=False, url="https://fri.example.org/")
    assert client.get(url("watch", hidden.pk)).status_code == 404
    code = actions.make_code(
        resources=[hidden.resource, free.resource], place=county.school, way="stream_class",
        ends_at=at + timedelta(hours=1), most_pupils=5, by=county.teacher, at=at,
    )  # fmt: skip
    client.post(url("enter"), {"code": code.digits})
    page = text(client.get(url("opened")))
    assert "https://fri.example.org/" in page
    assert FILM not in page
    assert client.post(url("watch", hidden.pk))["Location"] == FILM
    type(hidden.resource).objects.filter(pk=hidden.resource_id).update(status="withdrawn", withdrawn_reason="Fel")
    assert "Bara vi" not in text(client.get(url("opened")))
    assert client.get(url("watch", hidden.pk)).status_code == 404


def test_pupils_read_when_the_school_is_over(client, county, film, at, monkeypatch):
    code = actions.make_code(
        resources=[film.resource], place=county.school, way="stream_class", ends_at=at + timedelta(days=6),
        most_pupils=5, by=county.teacher, at=at,
    )  # fmt: skip
    client.post(url("enter"), {"code": code.digits})
    client.post(url("watch", film.pk))
    monkeypatch.setattr("django.utils.timezone.now", lambda: at + timedelta(days=1))  # a Saturday
    for path in (url("opened"), url("watch", film.pk)):
        assert "öppnar vardagar från kl. 7 till kl. 18" in text(client.get(path))
    assert client.post(url("watch", film.pk)).status_code == 403


# Teachers

SENT = {"way": "stream_class", "length": "lesson", "last_day": "", "most_pupils": "30", "name": "5B"}


def test_a_teacher_makes_a_code(staff, film, at):
    page = text(staff.get(url("new_code") + f"?resource={film.resource_id}"))
    assert "Vattnets kretslopp" in page
    answer = staff.post(url("new_code"), {**SENT, "resource": film.resource_id})
    code = ClassCode.objects.get()
    assert answer["Location"] == code.get_absolute_url()
    assert code.ends_at == at + timedelta(hours=2)
    page = text(staff.get(answer["Location"]))
    assert code.spoken in page
    assert "localhost:8000/code" in page
    assert code.spoken in text(staff.get(url("sheet", code.pk)))
    assert "<svg" in text(staff.get(url("qr", code.pk)))
    assert code.spoken in text(staff.get(url("codes")))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"length": "until", "last_day": ""}, "Skriv vilken dag koden ska sluta gälla."),
        ({"length": "until", "last_day": "2026-13-01"}, "Skriv en dag som finns"),
        ({"length": "until", "last_day": "2026-11-01"}, "Den tiden har redan varit."),
        ({"length": "until", "last_day": "2027-06-01"}, "högst 31 dagar"),
        ({"length": "until", "last_day": "9999-12-31"}, "Välj en närmare dag."),
        ({"most_pupils": "0"}, "1"),
        ({"most_pupils": "många"}, "Skriv ett antal med siffror."),
        ({"way": "stream_home"}, "Får inte strömmas hemma"),
        ({"way": ""}, "Välj var koden ska användas."),
        ({"length": ""}, "Välj hur länge"),
    ],
)
def test_wrong_input_loses_nothing(staff, film, said, words):
    answer = staff.post(url("new_code"), {**SENT, **said, "resource": film.resource_id})
    assert answer.status_code == 422
    assert words in text(answer)
    assert 'value="5B"' in text(answer)
    assert "Vattnets kretslopp" in text(answer)
    assert not ClassCode.objects.exists()


@pytest.mark.parametrize(
    ("length", "ends"),
    [("today", "2026-11-20T23"), ("week", "2026-11-27T23"), ("until", "2026-11-25T23")],
)
def test_a_code_ends_at_midnight(staff, film, length, ends):
    sent = {**SENT, "length": length, "last_day": "2026-11-25", "resource": film.resource_id}
    staff.post(url("new_code"), sent)
    assert ClassCode.objects.get().ends_at.isoformat().startswith(ends)


def test_one_looks_for_more_and_takes_a_whole_collection(staff, county, film):
    other = film_of(county, "Skogens djur")
    factories.resource(county.region, "book", title="Skogens träd")
    page = text(staff.get(url("new_code") + f"?resource={film.resource_id}&find=skogens"))
    assert "Skogens djur" in page
    assert "Skogens träd" not in page
    assert "Inget som går att öppna" in text(staff.get(url("new_code") + "?find=finnsinte"))
    shelf = Collection.objects.create(
        owner=county.region, title="Filmer", lead="x", status="published", created_at=film.resource.created_at,
        updated_at=film.resource.created_at, published_at=film.resource.created_at,
    )  # fmt: skip
    for position, one in enumerate((other, film)):
        CollectionItem.objects.create(collection=shelf, resource=one.resource, position=position)
    page = staff.get(url("new_code") + f"?collection={shelf.pk}&resource=x&resource=²")
    assert [one.title for one in page.context["things"]] == ["Skogens djur", "Vattnets kretslopp"]


def test_who_works_at_two_units_says_for_which(client, county, film):
    factories.assignment(county.teacher, Role.TEACHER, county.other_school)
    client.force_login(county.teacher)
    sent = {**SENT, "resource": film.resource_id}
    assert "Välj enhet." in text(client.post(url("new_code"), sent))
    client.post(url("new_code"), {**sent, "place": county.school.pk})
    assert ClassCode.objects.get().place == county.school


def test_who_works_in_the_municipality_is_told_that_codes_are_made_at_units(client, county):
    client.force_login(factories.person(Role.TEACHER, county.town))
    answer = client.get(url("new_code"))
    assert answer.status_code == 403
    assert "Klasskoder görs på en enhet" in text(answer)
    client.force_login(county.lead)
    assert client.get(url("new_code")).status_code == 403


def test_the_code_ends_with_the_right_and_says_so(staff, county, film, at):
    agreeing.terminate(agreement=county.agreement, reason="Dyrt", by=None, at=at, ends=at.date() + timedelta(days=3))
    sent = {**SENT, "length": "week", "resource": film.resource_id}
    assert "för då tar rätten slut" in text(staff.post(url("new_code"), sent, follow=True))


def test_a_code_gets_more_time_and_is_ended(staff, code, at):
    assert staff.get(url("extend", code.pk)).status_code == 200
    assert "Välj hur länge" in text(staff.post(url("extend", code.pk), {}))
    assert "Koden gäller till 27 november" not in text(staff.get(url("code", code.pk)))
    staff.post(url("extend", code.pk), {"length": "week"})
    assert ClassCode.objects.get().ends_at > at + timedelta(days=6)
    assert "Avsluta koden?" in text(staff.get(url("end", code.pk)))
    staff.post(url("end", code.pk))
    assert ClassCode.objects.get().ended_at == at
    assert staff.get(url("end", code.pk))["Location"] == code.get_absolute_url()
    assert "öppnar inget mer" in text(staff.get(url("code", code.pk)))
    assert "Gör en ny" in text(staff.post(url("extend", code.pk), {"length": "week"}))
    assert "Ingen kod gäller just nu" in text(staff.get(url("codes")))
    assert code.spoken in text(staff.get(url("codes") + "?show=all"))


def test_codes_are_the_teachers_own_and_the_principals(client, county, code):
    for person, status in (
        (county.principal, 200), (county.stranger, 404), (county.coordinator, 404),
        (factories.person(Role.TEACHER, county.school), 404),
    ):  # fmt: skip
        client.force_login(person)
        for name in ("code", "sheet", "qr", "extend", "end"):
            assert client.get(url(name, code.pk)).status_code == status
        assert (code.spoken in text(client.get(url("codes")))) is (status == 200)
    client.logout()
    assert client.get(url("code", code.pk)).status_code == 302
