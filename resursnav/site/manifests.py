"""All manifests, gathered from the apps."""

from __future__ import annotations

from functools import cache

from django.apps import apps

from resursnav.kernel.manifest import Check, Job, Manifest


@cache
def manifests() -> tuple[tuple[str, Manifest], ...]:
    """Every context's label with what it contributes, from the ground up."""
    found = ((config.label, getattr(config, "manifest", None)) for config in apps.get_app_configs())
    return tuple((label, manifest) for label, manifest in found if isinstance(manifest, Manifest))


def jobs() -> tuple[Job, ...]:
    """Every job of every context; two with the same name are a mistake."""
    found = [job for _, manifest in manifests() for job in manifest.jobs]
    twice = {job.name for job in found if [other.name for other in found].count(job.name) > 1}
    if twice:
        raise ValueError(f"Jobs declared twice: {', '.join(sorted(twice))}")
    return tuple(found)


def checks() -> tuple[Check, ...]:
    """Every health check of every context."""
    return tuple(check for _, manifest in manifests() for check in manifest.checks)
