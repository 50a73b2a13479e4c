"""What the log tells somebody about oneself: whole when it is about oneself, and without others when it is not."""

from datetime import UTC, datetime

import pytest

from resursnav.foundation.threads.about_me import log
from resursnav.foundation.threads.models import Record
from tests import factories

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_it_tells_what_was_done_by_and_about_oneself():
    me, other = factories.person(), factories.person(given_name="Maj")
    place = factories.organisation(name="Torskolan")
    said = {"kind": "people.person", "key": 1, "acted_as": "coordinator", "at": AT, "before": {"phone": "1"}}
    Record.objects.create(verb="people.edited", title="Jag", by=other, about=me, said="Rättat.", **said)
    Record.objects.create(verb="people.edited", title="Maj Öberg", by=me, about=other, organisation=place, **said)
    Record.objects.create(verb="places.closed", title="Torskolan", by=me, **said)
    Record.objects.create(verb="people.edited", title="Maj Öberg", by=other, about=other, **said)
    mine, others, thing = log(me)
    assert (mine["by_me"], mine["what"], mine["reason"], mine["before"]) == (False, "Jag", "Rättat.", {"phone": "1"})
    assert mine["in_role"] is None
    assert others == {"verb": "people.edited", "at": AT, "place": "Torskolan", "by_me": True, "in_role": "coordinator"}
    assert (thing["what"], "before" in thing) == ("Torskolan", False)
    assert "Maj" not in str(log(me))
