"""The bare address of what is used under an agreement is told to nobody but those who tend it, wherever one looks."""

import pytest
from django.urls import reverse

from resursnav.deliver.resources.models import Identifier, Link
from resursnav.deliver.streaming.checking import gates
from resursnav.foundation.people.models import ApiToken
from resursnav.foundation.people.tokens import SCOPES, hashed

from .conftest import AT, FILM, film_of


@pytest.fixture
def everywhere(film):
    """The address also stands as a link and a number, as some catalogues send it, and in what was kept of them."""
    thing = film.resource
    Link.objects.create(resource=thing, url=FILM, kind="more", position=1)
    Link.objects.create(resource=thing, url="https://film.example.org/prov", kind="trailer", position=2)
    Identifier.objects.create(resource=thing, owner=thing.owner, scheme="uri", value=FILM)
    thing.extra = {"amb": {"encoding": {"of": None, "is": [{"contentUrl": FILM}]}}}
    thing.save()
    return thing


def pages(thing):
    key = thing.pk
    return [
        thing.get_absolute_url(),
        "/resources/",
        reverse("exchange:jsonld", args=[key]),
        reverse("resources:bibtex", args=[key]),
        reverse("resources:ris", args=[key]),
        reverse("exchange:search_csv"),
        reverse("exchange:rss"),
        reverse("exchange:oai") + "?verb=ListRecords&metadataPrefix=amb",
        reverse("exchange:oai") + "?verb=ListRecords&metadataPrefix=oai_dc",
        f"/api/v1/resources/{key}",
        "/api/v1/resources",
    ]


def body(answer):
    return b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode()


@pytest.mark.parametrize("who", [None, "teacher", "stranger", "lead"])
def test_nobody_reads_the_bare_address(client, county, everywhere, who):
    headers = {}
    if who:
        person = getattr(county, who)
        client.force_login(person)
        ApiToken.objects.create(person=person, key_hash=hashed("rn_x"), scopes=list(SCOPES), created_at=AT)
        headers = {"Authorization": "Bearer rn_x"}
    for path in pages(everywhere):
        answer = client.get(path, headers=headers)
        said = body(answer)
        assert answer.status_code == 200, path
        assert FILM not in said, path
    assert "https://film.example.org/prov" in body(client.get(everywhere.get_absolute_url()))


def test_others_are_led_to_the_gate(client, everywhere, film):
    gate = reverse("streaming:watch", args=[film.pk])
    for path in (everywhere.get_absolute_url(), pages(everywhere)[2], f"/api/v1/resources/{everywhere.pk}"):
        assert gate in body(client.get(path)), path


def test_those_who_tend_it_read_the_address_they_change(client, county, everywhere):
    client.force_login(county.coordinator)
    ApiToken.objects.create(person=county.coordinator, key_hash=hashed("rn_x"), scopes=list(SCOPES), created_at=AT)
    told = client.get(f"/api/v1/resources/{everywhere.pk}", headers={"Authorization": "Bearer rn_x"}).json()
    assert told["editions"][0]["url"] == FILM
    assert FILM in body(client.get(reverse("exchange:search_csv")))


def test_what_is_open_keeps_its_address(client, county, right, django_assert_num_queries):
    free = film_of(county, licence="CC-BY", url="https://fri.example.org/")
    thing = free.resource
    with django_assert_num_queries(0):
        assert gates([thing]) == {}
    assert "https://fri.example.org/" in body(client.get(free.resource.get_absolute_url()))
    untied = film_of(county, licence="", tied=False, url="https://okand.example.org/")
    assert gates([untied.resource]) == {}
    tied = film_of(county, licence="", url="https://avtal.example.org/")
    assert list(gates([tied.resource])) == [tied.pk]
