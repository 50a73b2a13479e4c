"""What every form page needs: refusals at their fields, the newer version seen, and keys out of anything."""

import pytest
from django import forms
from django.http import QueryDict

from resursnav.foundation.ui.asking import keys, status_of, tried
from resursnav.kernel.errors import Overtaken, Unable


class NameForm(forms.Form):
    """A form with one field."""

    name = forms.CharField()


def refusing(refusal):
    def do():
        raise refusal

    return do


def filled():
    form = NameForm(QueryDict("name=Bilen&seen_at=1"))
    assert form.is_valid()
    return form


def test_it_gives_what_the_action_gives():
    form = filled()
    assert tried(form, lambda: 7) == 7
    assert not form.errors


@pytest.mark.parametrize(
    ("field", "said", "shown"), [("name", {}, "name"), ("title", {"title": "name"}, "name"), ("other", {}, "__all__")]
)
def test_a_refusal_stands_at_its_field_or_above_all(field, said, shown):
    form = filled()
    assert tried(form, refusing(Unable("Det går inte.", field=field)), **said) is None
    assert form.errors == {shown: ["Det går inte."]}
    assert form["name"].value() == "Bilen"


def test_whoever_was_overtaken_saves_again_with_the_newer_version_seen():
    form = filled()
    assert tried(form, refusing(Overtaken("Någon hann före.")), now="2") is None
    assert form.errors == {"__all__": ["Någon hann före."]}
    assert (form.data["seen_at"], form.data["name"]) == ("2", "Bilen")


def test_a_form_with_something_wrong_answers_so():
    assert (status_of(NameForm()), status_of(filled())) == (200, 422)


def test_keys_are_read_out_of_anything_once_and_in_order():
    assert keys(["7", "3", "7", "", "-1", "1.0", "x", "٣", "9" * 19]) == [7, 3]
    assert keys(["7", "3", "5"], 2) == [7, 3]
