"""How much is used: for the centre, for a municipality, on pages further down and on the start page."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse

from resursnav.deliver.streaming import actions
from resursnav.deliver.streaming.models import ClassCode, Meter
from resursnav.landscape.agreements.terms import Way

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
def used(county, film, at, code):
    for _turn in range(3):
        actions.start(edition=film, place=county.school, by=None, at=at)
    actions.start(edition=film, code=code, by=None, at=at)
    actions.start(edition=film, place=county.school, by=None, at=at - timedelta(days=40), way=Way.STREAM_CLASS)
    return film


@pytest.mark.parametrize(
    ("by", "words"),
    [
        ("resource", "Vattnets kretslopp"),
        ("agreement", "Skolfilm"),
        ("municipality", "Dorotea"),
        ("unit", "Bergvattenskolan"),
        ("subject", "Inget skolämne"),
        ("type", "Strömmande media"),
        ("way", "I klassrummet"),
        ("month", "November 2026"),
        ("nonsense", "Vattnets kretslopp"),
    ],
)
def test_the_centre_reads_how_much(client, county, used, by, words):
    client.force_login(county.coordinator)
    page = text(client.get(url("use") + f"?by={by}"))
    assert words in page
    assert "5 visningar från 1 augusti 2026 till 20 november 2026" in page
    assert "Mest strömmades i november 2026" in page


def test_days_can_be_chosen_and_taken_home(client, county, used):
    client.force_login(county.lead)
    asked = url("use") + "?from=2026-11-20&to=2026-11-01&by=unit"
    assert "4 visningar från 1 november" in text(client.get(asked))
    answer = client.get(asked + "&format=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows == [["Enhet", "Visningar", "Med klasskod", "Avvisade, fullt"], ["Bergvattenskolan", "4", "1", "0"]]
    assert client.get(asked + "&format=xlsx").content.startswith(b"PK")


def test_a_municipality_sees_its_own_and_no_other(client, county, used):
    client.force_login(county.neighbour_lead)
    page = text(client.get(url("use")))
    assert "Inget har strömmats" in page
    client.force_login(county.teacher)
    assert client.get(url("use")).status_code == 403


def test_rights_with_a_limit_say_how_much_is_left(client, county, at):
    right_of(county, most_users=2, most_uses=4)
    film = film_of(county)
    actions.start(edition=film, place=county.school, by=None, at=at)
    client.force_login(county.coordinator)
    page = text(client.get(url("use")))
    assert "1 av 4 (25 procent)" in page
    assert "1 av 2" in page


def test_pages_further_down_say_it_too(client, county, used):
    client.force_login(county.coordinator)
    page = text(client.get(county.agreement.get_absolute_url()))
    assert "5 visningar sedan 1 augusti 2026" in page
    client.force_login(county.teacher)
    page = text(client.get(used.resource.get_absolute_url()))
    assert "Gör en klasskod" in page
    assert url("watch", used.pk) in page
    assert FILM not in page


def test_the_start_page_says_what_runs_out_and_which_codes_are_out(client, county, at, code):
    right_of(county, most_uses=1)
    right = county.agreement.rights.get(most_uses=1)
    Meter.objects.create(right=right, since=at.date(), uses=1)
    client.force_login(county.coordinator)
    assert "Skolfilm: 1 av 1 visningar är använda" in text(client.get("/"))
    client.force_login(county.teacher)
    ClassCode.objects.update(ends_at=at.replace(year=2090))  # the start page asks by the database's clock
    assert f"Klasskod {code.spoken}, 5B" in text(client.get("/"))
