"""Answers and states in words, the search and the demo."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from resursnav.foundation.access import Role
from resursnav.foundation.search import index
from resursnav.foundation.search.documents import Query
from resursnav.foundation.search.registry import audience_of
from resursnav.landscape.agreements import actions, demo, wording
from resursnav.landscape.agreements.finding import Agreements
from resursnav.landscape.agreements.models import Agreement, CostShare, RightPlace
from resursnav.landscape.agreements.terms import Answer, Audience, Reason, Way
from tests import factories

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        (Answer(True, Reason.ALLOWED), "Ja, tills vidare."),
        (Answer(False, Reason.TERMINATED, day=DAY),
         "Nej, avtalet är uppsagt och gällde till och med 19 november 2026."),
        (Answer(False, Reason.NOT_COVERED), "Nej, rättigheten gäller ingenstans än."),
        (Answer(False, Reason.WRONG_WAY), "Nej, inte på det sättet."),
        (Answer(False, Reason.WRONG_WAY, ways=(Way.LOAN, Way.COPY)),
         "Nej, inte på det sättet. Det här är tillåtet: låna ett exemplar och kopiera."),
        (Answer(False, Reason.WRONG_FORM, forms=frozenset({"GR", "GY"})),
         "Nej, det är bara för grundskola och gymnasieskola."),
        (Answer(False, Reason.WRONG_AUDIENCE, audience=frozenset({Audience.STAFF})), "Nej, det är bara för personal."),
        (Answer(False, Reason.NO_AGREEMENT), "Nej, inget avtal ger rätt till det."),
    ],
)  # fmt: skip
def test_it_says_an_answer(answer, wanted):
    assert wording.why(answer, {}) == wanted


def test_every_reason_has_its_words():
    for language in ("sv", "en"):
        with translation.override(language):
            told = {"day": DAY, "forms": frozenset({"GR"}), "audience": frozenset({Audience.STAFF})}
            said = {wording.why(Answer(False, reason, **told), {}) for reason in Reason}
            assert len(said) == len(Reason)


def test_it_says_how_an_agreement_stands(made, at):
    one = made(renewal="extends", renewal_months=1)
    assert wording.status(one, date(2025, 1, 1)).code == "coming"
    assert wording.status(one, date(2040, 1, 1)).code == "in_force"
    assert wording.consequence(one, DAY) == "Förlängs med 1 månad, till och med 30 september 2027."
    ended = actions.terminate(agreement=one, reason="x", by=None, at=at)
    assert wording.status(ended, DAY).code == "terminated"
    assert wording.status(ended, date(2040, 1, 1)).code == "ended"
    assert wording.consequence(ended, date(2040, 1, 1)) == "Upphörde 31 augusti 2027."
    assert wording.consequence(made(number="2", valid_to=None), DAY).startswith("Gäller tills vidare")


@pytest.mark.parametrize(
    ("days", "said"), [(1, "om 1 dag"), (0, "i dag"), (-1, "för 1 dag sedan"), (30, "om 30 dagar")]
)
def test_it_says_how_long_there_is_left(days, said):
    assert wording.days_left(DAY + timedelta(days=days), DAY) == said


def test_those_who_may_see_an_agreement_find_it(county, placed, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    index.rebuild()
    specialist = factories.person(Role.OBJECT_OWNER, county.school)
    for person, found in (
        (county.coordinator, True), (county.lead, True), (county.neighbour_lead, False), (specialist, False),
        (county.stranger_lead, False), (county.teacher, False), (None, False),
    ):  # fmt: skip
        audience = audience_of(person)
        results = index.search(Query(text="skolfilm norrfilm", audience=audience, kinds=("agreement",)))
        assert bool(results.total) is found
        assert bool(Agreements().plain(["skolfilm"], audience, 0, 10)[1]) is found


def test_what_has_ended_leaves_the_index(made):
    one = made(valid_from=date(2020, 1, 1), valid_to=date(2021, 1, 1))
    assert one.pk not in Agreements().ids()
    assert list(Agreements().documents([one.pk])) == []


def test_the_demo_has_a_bit_of_everything(at, county):
    for code in ("08", "18"):
        factories.organisation(factories.organisation(name=f"Län {code}", code=code), name=f"Kommun {code}")
    for number in range(3, 6):
        factories.organisation(factories.organisation(county.region, code=f"240{number}"))
    assert demo.plant(at=at) == 12
    assert demo.plant(at=at) == 0
    assert Agreement.objects.filter(terminated_date__isnull=False).count() == 1
    assert CostShare.objects.exists()
    assert RightPlace.objects.filter(included=False).exists()


def test_the_demo_leaves_a_county_that_is_not_there_alone(at, db):
    assert demo.plant(at=at) == 0
