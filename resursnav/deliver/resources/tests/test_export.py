"""What the catalogue tells somebody about oneself: also the tips that were declined."""

from datetime import UTC, datetime

import pytest

from resursnav.deliver.curriculum.models import CentralContent
from resursnav.deliver.resources import export
from resursnav.deliver.resources.models import Tip, Use
from resursnav.foundation.access import Role
from tests import factories

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_it_tells_of_tips_and_of_what_one_has_used():
    school = factories.organisation(name="Torskolan")
    me, other = (factories.person(Role.TEACHER, school) for _ in range(2))
    thing = factories.resource(title="Istiden")
    for author, headline in ((me, "Börja ute"), (other, "Min egen")):
        Tip.objects.create(
            resource=thing, headline=headline, text="Gå ut.", author=author, author_role="teacher",
            author_place=school, created_at=AT, status="declined", declined_reason="För kort.", decided_by=other,
            decided_at=AT,
        )  # fmt: skip
    Use.objects.create(resource=thing, person=me, place=school, used_at=AT)
    Use.objects.create(resource=thing, person=other, used_at=AT)
    [tip] = export.tips(me)
    assert (tip["resource"], tip["headline"], tip["declined_because"]) == ("Istiden", "Börja ute", "För kort.")
    assert export.uses(me) == [{"resource": "Istiden", "place": "Torskolan", "said": AT}]
    assert export.uses(other)[0]["place"] is None
    assert export.mappings(me) == []
    assert not CentralContent.objects.exists()
