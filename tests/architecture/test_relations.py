"""Relations between tables point down the house, which imports cannot show when the target is a string."""

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from .house import home, stands_below

# Numbers that look like keys of another table but are meant to be free of it, each with its reason.
LOOSE_KEYS: dict[str, str] = {}

# Relations that point up, each with its reason. The registers of the tree itself come in as batches (docs/adr/0014),
# so the batch stands below the tree, yet a batch is sent in by somebody for some place.
UPWARDS = {
    "imports.ImportBatch.organisation": "the place that a batch is for",
    "imports.ImportBatch.uploaded_by": "who sent the batch in",
    "imports.ImportBatch.confirmed_by": "who said yes to what it changes",
    "ui.FlawReport.answered_by": "every page can have flaws, so reports stand lowest; somebody answers them",
}


def ours():
    return [model for model in apps.get_models() if model.__module__.startswith("resursnav.")]


def target_of(field):
    """The model that a relation points at, also where only its name is written."""
    target = field.remote_field.model
    return apps.get_model(target) if isinstance(target, str) else target


def faults(found):
    """What is wrong with the relations of these models, one line each."""
    said = []
    for model in found:
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            name = f"{model._meta.label}.{field.name}"
            if not field.is_relation:
                if isinstance(field, models.IntegerField) and field.name.endswith(("_id", "_pk")):
                    said += [] if name in LOOSE_KEYS else [f"{name} looks like a key: make it a relation"]
                continue
            target = target_of(field)
            if not target.__module__.startswith("resursnav."):
                said.append(f"{name} points out of the house, at {target._meta.label}")
            elif home(target.__module__) != home(model.__module__):
                if name not in UPWARDS and not stands_below(target.__module__, model.__module__):
                    said.append(f"{name} points up or sideways, at {target._meta.label}")
                if not field.remote_field.hidden:
                    said.append(f'{name} crosses contexts and needs related_name="+"')
    return said


def test_it_points_down_and_leaves_no_trace_below():
    assert faults(ours()) == []


def test_it_excuses_only_columns_that_exist():
    names = {f"{model._meta.label}.{field.name}" for model in ours() for field in model._meta.local_fields}
    assert {*LOOSE_KEYS, *UPWARDS} <= names


@pytest.mark.parametrize(
    ("module", "field", "fault"),
    [
        ("resursnav.foundation.people.models", lambda: fk("resources.Resource", related_name="+"), "up or sideways"),
        ("resursnav.foundation.organisations.models", lambda: fk("people.Person", related_name="+"), "up or sideways"),
        ("resursnav.deliver.resources.models", lambda: fk("people.Person", related_name="seeds"), 'related_name="+"'),
        ("resursnav.deliver.resources.models", lambda: many("organisations.Organisation"), 'related_name="+"'),
        ("resursnav.deliver.resources.models", lambda: fk("contenttypes.ContentType", related_name="+"), "out of the"),
        ("resursnav.deliver.resources.models", models.IntegerField, "looks like a key"),
    ],
)
@isolate_apps()
def test_it_catches_a_seeded_relation(module, field, fault):
    meta = type("Meta", (), {"app_label": "seeded"})
    model = type("Seeded", (models.Model,), {"__module__": module, "Meta": meta, "thing_id": field()})
    said = faults([model])
    assert len(said) == 1
    assert fault in said[0]


@isolate_apps()
def test_it_accepts_a_relation_that_points_down_unseen():
    class Seeded(models.Model):  # noqa: DJ008  # never shown to anybody
        __module__ = "resursnav.deliver.resources.models"
        person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "seeded"

    assert faults([Seeded]) == []


def fk(target, **options):
    return models.ForeignKey(target, on_delete=models.CASCADE, **options)


def many(target):
    return models.ManyToManyField(target, related_name="seeds")
