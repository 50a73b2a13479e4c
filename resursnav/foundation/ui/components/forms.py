"""Forms: one column, label above, help before the field, what went wrong on top and at the field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.template.context import Context

from .library import Values, block, tag

GROUPED = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def _target(bound: BoundField) -> str:
    """The id that a link in the error summary leads to: the first of several boxes, or the field itself."""
    if isinstance(bound.field.widget, GROUPED):
        return f"{bound.auto_id}_0"
    return str(bound.id_for_label or bound.auto_id)


def _named(bound: BoundField, error: str) -> str:
    """The message with the field's name before it, so that it makes sense away from the field."""
    label = str(bound.label).rstrip(":")
    return f"{label} {error}" if label.endswith(("?", ".")) else f"{label}: {error}"


@tag
def field(context: Context, bound: BoundField, width: str = "", label: Any = "", autofocus: bool = False) -> Values:
    """A field of a form. `width`: xs, s, m or l, so that the box says how much is expected."""
    widget = bound.field.widget
    grouped = isinstance(widget, GROUPED)
    single_box = isinstance(widget, forms.CheckboxInput)
    if widget.attrs.get("placeholder") == bound.label:  # what a library writes twice is read once
        del widget.attrs["placeholder"]
    attrs: dict[str, Any] = {"class": f"ds-input {widget.attrs.get('class', '')}".strip()}
    if autofocus:
        attrs["autofocus"] = True
    if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":  # what Django sets when nobody chose
        attrs["rows"] = 5
    return {
        "bound": bound,
        "label": label or bound.label,
        "help_id": f"{bound.auto_id}_helptext",
        "error_id": f"{bound.auto_id}_error",
        "optional": not (bound.field.required or single_box or getattr(bound.field, "one_of", False)),
        "grouped": grouped,
        "single_box": single_box,
        "width": width,
        "control": "" if grouped else bound.as_widget(attrs=attrs),
        "choices": list(bound.subwidgets) if grouped else [],
    }


@tag
def error_summary(context: Context, form: forms.BaseForm) -> Values:
    """What must be mended before it works, with links to each field."""
    lines: list[tuple[str, str]] = [("", str(error)) for error in form.non_field_errors()]
    for bound in form.visible_fields():
        lines += [(_target(bound), _named(bound, str(error))) for error in bound.errors]
    for bound in form.hidden_fields():
        lines += [("", str(error)) for error in bound.errors]
    return {"lines": lines}


@block
def form(
    context: Context,
    content: str,
    form: forms.BaseForm,
    submit: Any,
    action: str = "",
    method: str = "post",
    cancel: str = "",
    icon: str = "",
    danger: bool = False,
) -> Values:
    """A form; the button says what happens. Without content all the form's fields are drawn in order."""
    return {
        "form": form,
        "submit": submit,
        "action": action,
        "method": method,
        "cancel": cancel,
        "icon": icon,
        "danger": danger,
        "multipart": form.is_multipart(),
        "fields": [] if content.strip() else form.visible_fields(),
        "hidden": form.hidden_fields(),
    }
