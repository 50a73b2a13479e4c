"""Keys for programs: shown once, kept as a hash, limited by scope and time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from resursnav.foundation.people import actions, tokens
from resursnav.foundation.people.models import ApiToken
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def somebody():
    return factories.person()


def made(somebody, **changes):
    at = timezone.now()
    given = {"name": "Bokhyllan", "scopes": ["resources:read"], "expires_at": at + timedelta(30), "by": somebody}
    return actions.make_token(person=somebody, at=at, **(given | changes))


def test_it_opens_for_the_person_within_the_scopes(somebody):
    token, key = made(somebody)
    assert tokens.person_for(key) == (somebody, frozenset({"resources:read"}))
    assert key not in str(ApiToken.objects.values())
    assert token.hint == key[:8]


def test_it_opens_nothing_with_a_wrong_revoked_old_or_inactive_key(somebody):
    token, key = made(somebody)
    assert tokens.person_for(key + "x") is None
    assert tokens.person_for("") is None
    actions.revoke_token(token=token, by=somebody, at=timezone.now())
    first = actions.revoke_token(token=token, by=somebody, at=timezone.now() + timedelta(1)).revoked_at
    assert first < timezone.now() + timedelta(hours=1)
    assert tokens.person_for(key) is None
    _, old = made(somebody)
    ApiToken.objects.filter(hint=old[:8]).update(expires_at=timezone.now() - timedelta(1))
    assert tokens.person_for(old) is None
    _, mine = made(somebody)
    somebody.is_active = False
    somebody.save()
    assert tokens.person_for(mine) is None


def test_it_notes_use_at_most_once_an_hour(somebody):
    token, key = made(somebody)
    at = timezone.now()
    for later in (0, 30, 61):
        actions.note_use(key_hash=tokens.hashed(key), at=at + timedelta(minutes=later))
        token.refresh_from_db()
        assert token.last_used_at == at + timedelta(minutes=61 if later == 61 else 0)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["allt"]}, "scopes"),
        ({"expires_at": timezone.now() + timedelta(400)}, "expires"),
        ({"expires_at": timezone.now() - timedelta(1)}, "expires"),
    ],
)
def test_it_says_why_a_key_cannot_be_made(somebody, changes, field):
    with pytest.raises(actions.UnableToMakeToken) as refused:
        made(somebody, **changes)
    assert refused.value.field == field
    assert not ApiToken.objects.exists()


def test_it_is_ones_own_and_limited_in_number(somebody):
    with pytest.raises(actions.UnableToMakeToken, match="Bara du"):
        made(somebody, by=factories.person())
    for _ in range(20):
        made(somebody)
    with pytest.raises(actions.UnableToMakeToken, match="tjugo"):
        made(somebody)
