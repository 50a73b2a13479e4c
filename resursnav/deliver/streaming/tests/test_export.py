"""What streaming tells somebody about oneself: the codes that one has made, and never the digits."""

from datetime import timedelta

from resursnav.deliver.streaming import actions, export


def test_it_tells_of_ones_codes_without_letting_anybody_in(county, film, at):
    code = actions.make_code(
        place=county.school, resources=[film.resource], way="stream_class", ends_at=at + timedelta(hours=2),
        most_pupils=5, name="5B", by=county.teacher, at=at,
    )  # fmt: skip
    [told] = export.class_codes(county.teacher)
    assert (told["group"], told["place"], told["opens"]) == ("5B", "Bergvattenskolan", ["Vattnets kretslopp"])
    assert code.digits not in str(told)
    assert export.class_codes(county.principal) == []
