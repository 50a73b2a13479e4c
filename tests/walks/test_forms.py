"""Every form answers clearly whatever is typed into it: nothing, too much, emoji, right-to-left marks, null signs."""

from urllib.parse import urljoin

import pytest
from django.db import connection, transaction
from django.urls import resolve

from resursnav.foundation.access import Role
from tests import factories

from .forms import Form, forms_in
from .world import OUR_MARK, client_of, fill, places, side

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

TYPED = {
    "nothing": "",
    "too long": "å" * 30_000,
    "emoji": "👩🏽‍🏫📚",
    "right to left": "\u202eabc\u2066 שלום",
    "null signs": "a\x00b\x07",
}


def sent(form: Form, text: str) -> dict[str, list[str]]:
    """What the form sends when the text is typed in every field."""
    return {name: [text] * len(values) if name in form.typed else values for name, values in form.values.items()}


def break_downs(client, path, tried):
    """What goes wrong when each text is sent by each form of the page; nothing that is sent stays."""
    answer = client.get(path)
    if answer.streaming or "html" not in answer.headers.get("Content-Type", ""):
        return []
    said = []
    for form in forms_in(answer.content.decode()):
        target = urljoin(path, form.action)
        if resolve(target.partition("?")[0]).view_name in {"account_logout", "ui:set_language", "people:act"}:
            continue  # on every page, and examined once by tests of their own
        tried.append(target)
        for what, text in TYPED.items():
            point = transaction.savepoint()
            try:
                told = client.post(target, sent(form, text))
                if told.status_code >= 500:
                    said.append(f"{target} of {path}: {what} gives {told.status_code}")
            except Exception as error:  # whatever breaks is what we look for
                said.append(f"{target} of {path}: {what} gives {type(error).__name__}: {str(error)[:200]}")
            transaction.savepoint_rollback(point)
    return said


@pytest.mark.parametrize("role", [None, Role.ADMINISTRATOR, Role.COORDINATOR, Role.MUNICIPALITY_LEAD, Role.TEACHER])
def test_it_answers_whatever_is_typed(role, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    mine = side(OUR_MARK)
    fill(mine.filler)
    person = (
        factories.person(role, mine.region if role in {Role.ADMINISTRATOR, Role.COORDINATOR} else mine.town)
        if role
        else None
    )
    said, seen, tried = [], set(), []
    for address, path in places(mine.filler):
        if address.name not in seen:
            seen.add(address.name)
            client = client_of(person)
            said += break_downs(client, path, tried)
    assert said == []
    assert len(tried) > (30 if role == Role.COORDINATOR else 0)


def test_it_finds_what_a_browser_would_send():
    page = (
        "<form method=post action=/a/><input name=t value=x><textarea name=b></textarea>"
        "<input type=hidden name=h value=1><select name=s><option value=1><option value=2 selected></select>"
        "<input type=checkbox name=c><button></form>"
        "<form><input name=q></form>"
    )
    (form,) = forms_in(page)
    assert (form.action, form.typed) == ("/a/", {"t", "b"})
    assert sent(form, "å") == {"t": ["å"], "b": ["å"], "h": ["1"], "s": ["2"]}


def test_it_sees_a_form_that_breaks():
    class Careless:
        def get(self, path):
            return type("Answer", (), {"streaming": False, "headers": {"Content-Type": "text/html"}, "content": PAGE})()

        def post(self, target, data):
            with connection.cursor() as cursor:
                cursor.execute("SELECT %s FROM nowhere", [data["t"][0]])

    assert len(break_downs(Careless(), "/about/", [])) == len(TYPED)


PAGE = b"<form method=post action=/about/><input name=t></form>"
