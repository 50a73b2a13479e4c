"""How much each resource has been streamed, for the forecast."""

from datetime import date

import pytest

from resursnav.deliver.streaming.counts import by_title
from resursnav.deliver.streaming.models import StreamUse
from tests import factories

pytestmark = pytest.mark.django_db


def test_it_sums_the_uses_since_the_day_of_what_is_asked_for(django_assert_num_queries):
    region = factories.organisation()
    town = factories.organisation(region)
    school = factories.organisation(town)
    film, other = (factories.resource(region, "stream") for _n in range(2))
    for resource, day, number in ((film, 1, 3), (film, 2, 4), (film, 20, 9), (other, 2, 5)):
        StreamUse.objects.create(
            day=date(2026, 11, day), unit=school, municipality=town, resource=resource, media_type="stream",
            way="stream_class", by_code=False, number=number,
        )  # fmt: skip
    with django_assert_num_queries(1):
        assert by_title([film.pk], date(2026, 11, 2)) == {film.pk: 13}
    assert by_title([], date(2026, 1, 1)) == {}
