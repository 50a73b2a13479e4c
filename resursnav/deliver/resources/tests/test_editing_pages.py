"""The centre's forms: what is typed comes in whole, and what is wrong is said where it stands."""

import pytest
from django.urls import reverse

from resursnav.deliver.resources.models import Resource, SubjectTerm


def text(answer):
    return answer.content.decode()


def edition(number=0, **said):
    return {f"editions-{number}-{name}": value for name, value in said.items()}


BASE = {
    "title": "Ny resurs", "description": "Vad det är.", "languages": "svenska, nordsamiska", "visibility": "public",
    "grade_from": "4", "grade_to": "6", "topics": "Källkritik\nkällkritik\nRenskötsel", "licence": "CC-BY",
    "identifiers": "ISBN 978-91-29-69778-0", "links": "https://example.org/a En länk", "other_titles": "Annan\n\nAnnan",
    "editions-TOTAL_FORMS": "1", "editions-INITIAL_FORMS": "0",
    "creators-TOTAL_FORMS": "1", "creators-INITIAL_FORMS": "0",
    "creators-0-name": "Åsa Berg", "creators-0-role": "author",
    **edition(media_type="stream", url="https://example.org/film", duration="1 tim 24 min", subtitles="sv"),
}  # fmt: skip


def test_it_takes_in_a_whole_resource_and_gives_it_back_unchanged(client, county):
    client.force_login(county.expert)
    maths = SubjectTerm.objects.get(scheme="school", code="MAT")
    answer = client.post(reverse("resources:create"), {**BASE, "subjects": [maths.pk]})
    made = Resource.objects.get()
    assert answer.url == made.get_absolute_url()
    assert (made.status, made.owner, made.languages, made.other_titles) == (
        "draft",
        county.region,
        ["sv", "se"],
        ["Annan"],
    )
    assert sorted(str(term) for term in made.subjects.all()) == ["Källkritik", "Matematik", "Renskötsel"]
    assert made.editions.get().duration_s == 5040
    assert made.identifiers.get().value == "9789129697780"
    before = {name: getattr(made, name) for name in ("title", "languages", "licence", "grade_from")}
    page = client.get(reverse("resources:edit", args=[made.pk]))
    form, editions, creators = (page.context[name] for name in ("form", "editions", "creators"))
    sent = {bound.name: bound.value() for bound in form if bound.value() not in (None, "")}
    for rows in (editions, creators):
        sent |= {rows.management_form.add_prefix(key): value for key, value in rows.management_form.initial.items()}
        for row in rows:
            sent |= {
                row.add_prefix(bound.name): bound.value() for bound in row if bound.value() not in (None, "", False)
            }
    key = made.editions.get().pk
    assert client.post(reverse("resources:edit", args=[made.pk]), sent).status_code == 302
    made.refresh_from_db()
    assert {name: getattr(made, name) for name in before} == before
    assert made.editions.get().pk == key
    assert made.editions.get().subtitles == ["sv"]
    assert made.identifiers.get().value == "9789129697780"
    assert [str(creator) for creator in made.creators.all()] == ["Åsa Berg"]
    assert not made.subjects.exclude(label__in=["Källkritik", "Matematik", "Renskötsel"]).exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": ""}, "Skriv en titel"),
        ({"title": "x" * 1001}, "1000"),
        ({"languages": "klingonska språket"}, "känns inte igen"),
        ({"grade_to": ""}, "både första och sista"),
        ({"grade_to": "3"}, "efter det första"),
        ({"year": "99"}, "1000"),
        ({"identifiers": "978-91"}, "vad det är för nummer"),
        ({"identifiers": "ISBN 978-91-29-69778-1"}, "kontrollsiffran"),
        ({"links": "javascript:alert(1)"}, "webbadress"),
        ({"visibility": "alla"}, "giltigt"),
        (edition(duration="länge"), "Skriv speltiden"),
        (edition(media_type="", url="https://example.org/x"), "vilken typ"),
        (edition(url="inte en adress"), "giltig URL"),
        ({"topics": "x" * 81}, "för lång"),
        ({"creators-0-name": "x" * 301}, "300"),
    ],
    ids=str,
)
def test_it_keeps_what_was_typed_and_says_what_is_wrong(client, county, wrong, says):
    client.force_login(county.expert)
    answer = client.post(reverse("resources:create"), {**BASE, **wrong})
    assert answer.status_code == 422
    assert says in text(answer)
    assert "Vad det är." in text(answer)
    assert not Resource.objects.exists()


def test_it_gives_one_more_row_and_keeps_the_rest(client, county):
    client.force_login(county.expert)
    answer = client.post(reverse("resources:create"), {**BASE, "title": "", "more": "editions"})
    assert answer.status_code == 200
    assert "Utgåva 2" in text(answer)
    assert "1 tim 24 min" in text(answer)
    assert not Resource.objects.exists()


def test_it_warns_before_somebody_elses_words_are_written_over(client, county, at):
    client.force_login(county.expert)
    client.post(reverse("resources:create"), BASE)
    made = Resource.objects.get()
    stale = {**BASE, "title": "Min version", "seen_at": at.isoformat()}
    answer = client.post(reverse("resources:edit", args=[made.pk]), stale)
    assert answer.status_code == 422
    assert "Någon annan har ändrat" in text(answer)
    assert "Min version" in text(answer)
    again = {**stale, "seen_at": answer.context["form"]["seen_at"].value()}
    assert client.post(reverse("resources:edit", args=[made.pk]), again).status_code == 302
    made.refresh_from_db()
    assert made.title == "Min version"


def test_it_publishes_withdraws_and_puts_back(client, county):
    client.force_login(county.coordinator)
    client.post(reverse("resources:create"), {**BASE, "subjects": [SubjectTerm.objects.first().pk]})
    made = Resource.objects.get()
    for name, status in (("review", "reviewed"), ("reopen", "draft"), ("publish", "published")):
        client.post(reverse(f"resources:{name}", args=[made.pk]))
        made.refresh_from_db()
        assert made.status == status
    assert client.post(reverse("resources:withdraw", args=[made.pk]), {"reason": " "}).status_code == 422
    client.post(reverse("resources:withdraw", args=[made.pk]), {"reason": "Avtalet tog slut."})
    made.refresh_from_db()
    assert made.withdrawn_reason == "Avtalet tog slut."
