"""No page is forgotten: each is examined by axe in a browser, or stands here with the reason why not."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.urls import path, resolve

from resursnav.foundation.access.pages import page
from tests import factories
from tests.journeys.page import Page
from tests.journeys.pages import PAGES

from .addresses import Address, addresses
from .test_addresses import answer

# Addresses that answer with something else than a page, by name; a name that ends with * stands for all that begin so.
NO_PAGE = {
    "agreements:document": "a file to take home",
    "alive": "an answer for machines",
    "ready": "an answer for machines",
    "api:*": "answers programs with JSON; its description is a page and is examined",
    "search:suggest": "JSON for the field that suggests",
    "curriculum:subjects": "leads on to the resources of all subjects",
    "curriculum:subject": "leads on to the resources of the subject",
    "resources:moved_gaps": "leads on to the gaps",
    "exchange:oai": "XML for harvesters",
    "exchange:amb_xsd": "a schema",
    "exchange:rss": "a feed",
    "exchange:atom": "a feed",
    "exchange:search_csv": "a table to take home",
    "exchange:search_xlsx": "a table to take home",
    "exchange:jsonld": "a description for programs",
    "exchange:harvests_state": "a part of the page of harvests, which is examined",
    "imports:problems": "a table to take home",
    "imports:progress": "a part of the page of an import, which is examined",
    "people:export": "a file with what is kept about oneself",
    "stock:remove_place": "leads back to the places",
    "lending:again": "leads on to the form for booking",
    "resources:cover": "a picture",
    "resources:qr": "a picture",
    "streaming:qr": "a picture",
    "resources:bibtex": "a file for a reference manager",
    "resources:ris": "a file for a reference manager",
    "mfa_download_recovery_codes": "a file with codes",
    "mfa_login_webauthn": "JSON for the script that signs in",
}
# Pages that no browser test can come to by their address alone.
OUT_OF_REACH = {
    "account_confirm_login_code": "only in the middle of signing in; the same form as the pages before it",
    "account_reauthenticate": "only in the middle of something that asks for it; the same form as signing in",
    "account_change_password": "asks for the password first, which goes by account_reauthenticate",
    "mfa_*": "ask for the password first; the same forms, and the page that leads to them is examined",
}


def asked(found: list[Address]) -> list[Address]:
    """The addresses that can be read; those that only take something in have no page of their own."""
    return [address for address in found if "GET" in getattr(address.guards[0], "methods", ("GET",))]


def excused(name: str) -> bool:
    """Whether the name stands among the reasons, itself or by its beginning."""
    said = NO_PAGE | OUT_OF_REACH
    return name in said or any(name.startswith(key[:-1]) for key in said if key.endswith("*"))


def forgotten(found: list[Address], examined: set[str]) -> list[str]:
    """The addresses that are neither examined nor excused."""
    return sorted(
        f"{address}: add it to tests/journeys/pages.py"
        for address in asked(found)
        if address.name not in examined and not excused(address.name)
    )


@pytest.fixture
def examined(db: Any) -> set[str]:
    """The names of the addresses in the list; each page is made, and unmade before the next."""
    names = set()
    for listed in PAGES:
        with transaction.atomic():
            factories.person(listed.role or None, factories.organisation() if listed.role else None)
            names.add(_name_of(listed))
            transaction.set_rollback(True)
    return names


def _name_of(listed: Page) -> str:
    if listed.name == "404":
        return ""
    return resolve(listed.address().partition("?")[0]).view_name


def test_it_examines_every_page(examined: set[str]):
    assert forgotten(list(addresses()), examined) == []


def test_it_excuses_nothing_that_is_gone_or_examined(examined: set[str]):
    names = {address.name for address in addresses()}
    single = {name for name in NO_PAGE | OUT_OF_REACH if not name.endswith("*")}
    assert single - names == set()
    assert single & examined == set()
    for key in {name for name in NO_PAGE | OUT_OF_REACH if name.endswith("*")}:
        assert any(name.startswith(key[:-1]) for name in names), f"{key} is no longer used"


def test_it_gives_every_page_a_name_of_its_own():
    shown = [(listed.name, listed.role) for listed in PAGES]
    assert sorted({row for row in shown if shown.count(row) > 1}) == []


def test_it_catches_a_seeded_page():
    seeded = [path("seed/", page(public=True)(answer), name="seed")]
    assert forgotten(list(addresses(seeded)), {"start"}) == [
        "/seed/ (seed): add it to tests/journeys/pages.py",
    ]
    assert forgotten(list(addresses(seeded)), {"seed"}) == []


def test_it_lets_what_only_takes_something_in_pass():
    seeded = [path("seed/", page(public=True, methods=("POST",))(answer), name="seed")]
    assert forgotten(list(addresses(seeded)), set()) == []
