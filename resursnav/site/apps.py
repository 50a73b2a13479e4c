"""The site as a Django app."""

from django.apps import AppConfig

from resursnav.kernel.manifest import Check, Job, Manifest


class SiteConfig(AppConfig):
    name = "resursnav.site"
    label = "site"
    manifest = Manifest(
        jobs=(Job("site.statistics", "resursnav.site.jobs:count_tables", every=6 * 3600),),
        checks=(
            Check("settings", "resursnav.site.checks:check_settings"),
            Check("database", "resursnav.site.checks:check_database"),
            Check("worker", "resursnav.site.checks:check_worker"),
            Check("disk", "resursnav.site.checks:check_disk"),
            Check("static", "resursnav.site.checks:check_static"),
            Check("backup", "resursnav.site.checks:check_backup"),
        ),
    )
