"""Whether a title may be used, found by walking over rows one by one, as slowly and plainly as can be."""

from resursnav.deliver.resources.models import CollectionItem, Edition
from resursnav.deliver.rights.judging import LENT_BY_LAW, NEVER_BY_LAW, OPEN, TEACHING
from resursnav.deliver.rights.models import CollectionTie, SupplierTie, TitleEntry
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.organisations.names import name_key
from resursnav.landscape.agreements.models import RightPlace, TitleList, UsageRight
from resursnav.landscape.agreements.terms import Way


def brute(resource, place, way, day):
    """Whether it may, and until when."""
    if resource.licence in OPEN or (resource.licence == "TEACHING" and way in TEACHING):
        return True, None
    lists, up = [titles for titles in TitleList.objects.all() if stands_in(resource, titles)], above(place)
    rights = [
        right
        for right in UsageRight.objects.all()
        if any(right.titles_id in (None, one.pk) and right.agreement_id == one.agreement_id for one in lists)
    ]
    spans, loans = [], False
    for right in rights:
        marks = {mark.organisation_id: mark.included for mark in RightPlace.objects.filter(right=right)}
        concerns = any(node.pk in marks for node in up) or right.agreement.owner in up
        start, end = right.period(day)
        if not concerns or (end is not None and end <= start):
            continue
        loans |= right.way == "loan"
        nearest = next((marks[node.pk] for node in up if node.pk in marks), False)
        if right.way == way and nearest:
            spans.append((start, end))
    if any(start <= day and (end is None or day < end) for start, end in spans):
        return True, chain(spans, day)
    media = {edition.media_type for edition in Edition.objects.filter(resource=resource)}
    by_law = way == Way.LOAN and not loans and media & LENT_BY_LAW and not media & NEVER_BY_LAW
    return bool(by_law), None


def above(place):
    up, node = [], Organisation.objects.get(pk=place.pk)
    while node is not None:
        up.append(node)
        node = node.parent
    return up


def stands_in(resource, titles):
    if TitleEntry.objects.filter(titles=titles, resource=resource).exists():
        return True
    for tie in CollectionTie.objects.filter(titles=titles):
        if CollectionItem.objects.filter(collection=tie.collection, resource=resource).exists():
            return True
    ties = SupplierTie.objects.filter(titles=titles)
    return bool(resource.publisher) and any(name_key(tie.name) == name_key(resource.publisher) for tie in ties)


def chain(spans, day):
    reached = day
    while True:
        later = [end for start, end in spans if start <= reached and (end is None or end > reached)]
        if None in later:
            return None
        if not later:
            return reached
        reached = max(later)
