"""The guard of every page: who may see it, which methods it answers, and the thing it shows."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.utils.translation import gettext as _

from .reach import may
from .rules import Rule, rule_named

View = Callable[..., HttpResponseBase]


def page(
    rule: Rule | None = None,
    *,
    public: bool = False,
    load: type[Model] | None = None,
    by: str = "pk",
    see: Rule | None = None,
    methods: tuple[str, ...] = ("GET",),
) -> Callable[[View], View]:
    """Guard a view.

    Either a rule or `public=True`. `load` fetches the thing by the URL's argument `by` and hands it to the view
    in that argument's place, named in lower case after the model: 404 when it may not be seen (by `see`, which
    defaults to the context's own ".see" rule), 403 when it is seen but the rule says no. Strangers are sent to
    the login page unless the rule also serves strangers. HEAD goes with GET; other methods answer 405.
    """
    if (rule is None) is not public:
        raise ValueError("A page has either a rule or public=True.")
    answered = (*methods, "HEAD", "OPTIONS") if "GET" in methods else (*methods, "OPTIONS")

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in answered:
                return HttpResponseNotAllowed(methods)
            if load is None:
                if rule is not None and not may(request.user, rule):
                    return _refuse(request)
                return view(request, *args, **kwargs)
            found = _find(request, load, by, kwargs.pop(by), see or _seeing(rule))
            if found is None:
                return _missing(request, see or _seeing(rule))
            # What was found by the rule itself needs not be asked for twice.
            if rule is not None and rule is not (see or _seeing(rule)) and not may(request.user, rule, found):
                return _refuse(request)
            return view(request, *args, **{load._meta.model_name or "thing": found}, **kwargs)

        guarded.rule = rule  # type: ignore[attr-defined]  # read by the architecture tests and the docs
        guarded.public = public  # type: ignore[attr-defined]  # the same
        guarded.methods = methods  # type: ignore[attr-defined]  # the same
        guarded.loads = (load, by)  # type: ignore[attr-defined]  # the same: what stands in the address
        # This guard is stricter than Django's own login middleware, which must then leave the page alone.
        guarded.login_required = False  # type: ignore[attr-defined]  # the same
        return guarded

    return guard


def _seeing(rule: Rule | None) -> Rule:
    if rule is None:
        raise ValueError("A public page that loads a thing must name the rule for seeing it.")
    return rule_named(f"{rule.name.partition('.')[0]}.see")


def _find(request: HttpRequest, model: type[Model], by: str, value: object, see: Rule) -> Model | None:
    manager: Any = model._default_manager
    found: Model | None = manager.visible_to(request.user, see).filter(**{by: value}).first()
    return found


def _missing(request: HttpRequest, see: Rule) -> HttpResponseBase:
    # A stranger learns nothing about what exists: either the kind is public (404) or one must sign in first.
    if not request.user.is_authenticated and not see.for_strangers:
        return redirect_to_login(request.get_full_path())
    raise Http404(_("Sidan finns inte, eller så har du inte tillgång till den."))


def _refuse(request: HttpRequest) -> HttpResponseBase:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise PermissionDenied(_("Din roll ger inte rätt att göra det här."))
