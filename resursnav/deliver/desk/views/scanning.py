"""The scanner's page: a field that a hand scanner types into, the camera where there is one, and what to do now."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.deliver.lending import actions as lending
from resursnav.deliver.lending.models import AWAY, Happened
from resursnav.deliver.stock.models import Item
from resursnav.deliver.stock.rules import WORK as STOCK_WORK
from resursnav.foundation.access.pages import page
from resursnav.foundation.ui.asking import StaffRequest, keys
from resursnav.kernel.errors import Unable

from .. import scanning
from ..day import work_of
from ..rules import WORK
from ._asked import centre_of

MODES = ("ask", "back")
STEPS = {"send": Happened.SENT, "hand_out": Happened.HANDED_OUT}
LAST, HISTORY, KEPT = "desk_last", "desk_history", 8
CAMERA = "camera=(self), geolocation=(), microphone=(), payment=()"


@page(WORK, methods=("GET", "POST"))
def scan(request: StaffRequest) -> HttpResponse:
    """Say what a code is and what to do with it; in the mode "back" what is out is taken back at once."""
    owner = centre_of(request.user)
    if owner is None:
        return render(request, "desk/no_centre.html", status=403)
    given = request.POST if request.method == "POST" else request.GET
    mode = given.get("mode", "") if given.get("mode") in MODES else "ask"
    seen, done, refused = None, "", ""
    if request.method == "POST":
        seen, done, refused = _pressed(request, owner, mode)
    answer = render(
        request,
        "desk/scan.html",
        {
            "mode": mode, "seen": seen, "done": done, "refused": refused, "last": request.session.get(LAST),
            "history": request.session.get(HISTORY, []), "title": _title(seen),
        },
    )  # fmt: skip
    answer["Permissions-Policy"] = CAMERA
    return answer


def _pressed(request: StaffRequest, owner: Any, mode: str) -> tuple[scanning.Seen | None, str, str]:
    """A scan, or a press on what the scan before it offered; what is seen, what was done, and what was refused."""
    today = timezone.localdate()
    code = request.POST.get("code", "")
    if not code.replace("\0", "").strip():
        return None, "", _("Skanna eller skriv en streckkod.")
    seen = scanning.look(code, owner=owner, person=request.user, today=today)
    if seen.item is None:
        _remember(request, seen.code, _("okänd kod"))
        return seen, "", ""
    deed, _colon, key = request.POST.get("deed", "").partition(":")
    if not deed and mode == "back" and seen.booking is not None and seen.booking.state in AWAY:
        deed, key = "take_back", ""
    if not deed:
        _remember(request, seen.item.barcode, seen.sentence)
        return seen, "", ""
    try:
        done = _do(request, deed, seen.item, keys([key]))
    except Unable as refusal:
        return scanning.of(seen.item, person=request.user, today=today), "", refusal.reason
    _remember(request, seen.item.barcode, done)
    return scanning.of(seen.item, person=request.user, today=today), done, ""


def _do(request: StaffRequest, deed: str, item: Item, wanted: list[int]) -> str:
    """One press with one copy: what was done, in words. What can be undone is remembered."""
    by, at = request.user, timezone.now()
    if deed == "take_back":
        [booking] = lending.take_back(items=[item], by=by, at=at)
        request.session[LAST] = {"deed": deed, "item": item.pk, "code": item.barcode}
        return scanning.told_back(booking)
    if deed == "check":
        lending.check(item=item, by=by, at=at)
        request.session.pop(LAST, None)
        return _("Kontrollerad. Ställ den på plats.")
    rows = work_of(request.user).filter(pk__in=wanted)
    booking = rows.first()
    if booking is None:
        raise lending.UnableToLend(_("Bokningen finns inte längre. Skanna igen."))
    if deed == "pack":
        packed = lending.pack(booking=booking, items=[item], by=by, at=at)
        request.session[LAST] = {"deed": deed, "booking": packed.pk, "item": item.pk, "code": item.barcode}
        return _("Packad för %(unit)s.") % {"unit": booking.order.unit.name}
    if deed in ("send", "hand_out"):
        request.session[LAST] = {"deed": deed, "booking": booking.pk, "item": item.pk, "code": item.barcode}
    else:
        request.session.pop(LAST, None)
    if deed == "send":
        lending.send(bookings=[booking], by=by, at=at)
        return _("Skickad till %(unit)s.") % {"unit": booking.order.unit.name}
    if deed == "hand_out":
        lending.hand_out(booking=booking, by=by, at=at)
        return _("Utlämnad till %(unit)s.") % {"unit": booking.order.unit.name}
    if deed == "unpack":
        lending.unpack(booking=booking, by=by, at=at)
        return _("Uppackad. Ställ den på plats.")
    if deed == "undo":
        lending.undo_step(bookings=[booking], by=by, at=at)
        return _("Ångrat. Den står som förut.")
    raise lending.UnableToLend(_("Det går inte att göra. Skanna igen."))


@page(WORK, methods=("POST",))
def undo(request: StaffRequest) -> HttpResponse:
    """Undo the last press that packed, sent or handed out something, or took it back."""
    last: dict[str, Any] = request.session.pop(LAST, None) or {}
    item = Item.objects.visible_to(request.user, STOCK_WORK).filter(pk=last.get("item", 0)).first()
    by, at = request.user, timezone.now()
    try:
        if item is None:
            messages.error(request, _("Det finns inget att ångra."))
        elif last["deed"] != "take_back":
            messages.success(request, _undone(request, last, item))
        else:
            lending.send_out_again(item=item, by=by, at=at)
            messages.success(request, _("Ångrat: %(code)s är utlånad igen.") % {"code": item.barcode})
    except Unable as refusal:
        messages.error(request, refusal.reason)
    back = redirect("desk:scan")
    if request.POST.get("mode") == "back":
        back["Location"] += "?mode=back"
    return back


def _undone(request: StaffRequest, last: dict[str, Any], item: Item) -> str:
    """Undo what was done last with a booking, if it still has the copy; what was undone, in words."""
    by, at, said = request.user, timezone.now(), {"code": item.barcode}
    booking = work_of(by).filter(pk=last["booking"], copies__item=item, copies__open=True).first()
    step = STEPS.get(last["deed"])
    if booking is None or (step and lending.last_steps([booking], timezone.localdate(at)).get(booking.pk) != step):
        raise lending.UnableToLend(_("Någon annan har redan ändrat den. Inget är ångrat."))
    if step is None:
        lending.unpack(booking=booking, by=by, at=at)
        return _("Ångrat: %(code)s är inte packad.") % said
    lending.undo_step(bookings=[booking], by=by, at=at)
    return _("Ångrat: %(code)s är packad men inte skickad eller utlämnad.") % said


def _remember(request: StaffRequest, code: str, said: str) -> None:
    """The last few scans, newest first, without anybody's name."""
    kept = request.session.get(HISTORY, [])
    request.session[HISTORY] = [{"code": code[:60], "said": said[:200]}, *kept][:KEPT]


def _title(seen: scanning.Seen | None) -> str:
    return seen.item.holding.title() if seen and seen.item else ""
