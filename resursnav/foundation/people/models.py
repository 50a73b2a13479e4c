"""Persons, their assignments, invitations that wait for an answer, and keys for programs."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower, Now
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.access import Role, Scoped
from resursnav.foundation.keeping.prepared import Prepared
from resursnav.foundation.organisations.models import Branch, Organisation
from resursnav.foundation.organisations.names import NameKeyField, name_key


class SecurityMarking(models.TextChoices):
    """Protection of identity, with the words that Swedish school registers use."""

    NONE = "none", _("ingen")
    CONFIDENTIAL = "confidential", _("sekretessmarkering")
    PROTECTED = "protected", _("skyddad folkbokföring")


class PersonQuerySet(Scoped["Person"]):
    """Persons as sets."""

    scope = "assignments__node"
    own = "pk"

    def listed(self) -> Self:
        """Those who may stand in a list: active, and without protected identity."""
        return self.filter(is_active=True, security_marking=SecurityMarking.NONE)

    def matching(self, words: str) -> Self:
        """Those whose name, address or place of work has every word."""
        found = self
        for word in words.split():
            key = name_key(word)
            here = Assignment.objects.filter(node__name_key__contains=key).values("person")
            found = found.filter(Q(name_key__contains=key) | Q(email__icontains=word) | Q(pk__in=here))
        return found


class PersonManager(BaseUserManager["Person"].from_queryset(PersonQuerySet)):  # type: ignore[misc]  # made at run time
    """Finds a person by e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> Person:
        person: Person = self.get(email__iexact=username)
        return person


class Person(AbstractBaseUser):
    """Somebody who can sign in."""

    email = models.EmailField(
        _("e-postadress"), unique=True, error_messages={"unique": _("Det finns redan ett konto med den adressen.")}
    )
    given_name = models.CharField(_("förnamn"), max_length=80, blank=True)
    family_name = models.CharField(_("efternamn"), max_length=80, blank=True)
    name_key = NameKeyField("family_name", "given_name")
    language = models.CharField(_("språk"), max_length=5, default="sv", choices=[("sv", "Svenska"), ("en", "English")])
    security_marking = models.CharField(
        _("skydd av identitet"), max_length=12, choices=SecurityMarking, default=SecurityMarking.NONE
    )
    phone = models.CharField(_("telefon i tjänsten"), max_length=40, blank=True)
    is_active = models.BooleanField(_("kan logga in"), default=True)
    joined_at = models.DateTimeField(_("konto sedan"), db_default=Now())
    closed_at = models.DateTimeField(_("konto stängt"), null=True, blank=True)

    objects = PersonManager()

    # The assignment that the person acts in now, chosen in the header (middleware.py); None for all at once.
    acting_as: int | None = None

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("personer")
        ordering = ["name_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="person_email_once",
                violation_error_message=_("Det finns redan ett konto med den adressen."),
            )
        ]

    def __str__(self) -> str:
        # What a template or a log writes without having thought of protection must not give a name away.
        return gettext("Skyddad person") if self.is_protected else self.get_full_name()

    def get_full_name(self) -> str:
        """The name, or the address before the @ where no name has been given yet."""
        return f"{self.given_name} {self.family_name}".strip() or self.email.partition("@")[0]

    def get_short_name(self) -> str:
        """The given name, for greetings."""
        return self.given_name or self.get_full_name()

    @property
    def is_protected(self) -> bool:
        """Whether name and address must not stand in any list."""
        return self.security_marking != SecurityMarking.NONE

    def every_standing(self) -> list[Assignment]:
        """All assignments that are valid today, whichever the person has chosen to act in.

        Read once and kept on the instance, because every rule of a page asks for it.
        """
        kept: list[Assignment] | None = self.__dict__.get("_standing")
        if kept is None:
            today = timezone.localdate()
            kept = _posts.objects([self.pk], [today])
            self.__dict__["_standing"] = kept
        return kept

    def standing(self) -> list[Assignment]:
        """The assignments that count now: the one that the person chose to act in, or all that are valid today."""
        every = self.every_standing()
        return [post for post in every if post.pk == self.acting_as] or every

    def ways_up(self) -> dict[int, list[Organisation]]:
        """For each place where the person works today, the place and all above it, the nearest first.

        Read once and kept on the instance, because the frame, the search and rights all ask for it.
        """
        kept: dict[int, list[Organisation]] | None = self.__dict__.get("_ways_up")
        if kept is None:
            nodes = {post.node_id: post.node for post in self.every_standing()}
            kept = {key: way for key, node in nodes.items() if (way := _short_way(node))}
            rest = [key for key in nodes if key not in kept]
            above = (
                Branch.objects.filter(descendant__in=rest).select_related("ancestor").order_by("descendant", "depth")
            )
            for branch in above if rest else ():
                kept.setdefault(branch.descendant_id, []).append(branch.ancestor)
            self.__dict__["_ways_up"] = kept
        return kept

    def forget_standing(self) -> None:
        """Read the assignments anew the next time they are asked for."""
        self.__dict__.pop("_standing", None)
        self.__dict__.pop("_ways_up", None)


def _short_way(node: Organisation) -> list[Organisation]:
    """The way up where it came with the assignment: of a region, and of what lies right below one; else nothing."""
    if node.parent_id is None:
        return [node]
    return [node, node.parent] if node.parent and node.parent.parent_id is None else []


class AssignmentQuerySet(Scoped["Assignment"]):
    """Assignments as sets."""

    scope = "node"
    own = "person"

    def current(self, day: date) -> Self:
        """Those that are valid on the day, at nodes that are open, for people who may sign in."""
        return self.filter(
            Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
            Q(node__valid_to__isnull=True) | Q(node__valid_to__gt=day),
            person__is_active=True,
        )

    def not_ended_on(self, day: date) -> Self:
        """Those that count on the day or will later."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def _standing(persons: Collection[int], todays: Collection[date]) -> QuerySet[Assignment]:
    [today] = todays
    return Assignment.objects.filter(person__in=persons).current(today).select_related("node__parent")


_posts = Prepared(_standing)  # every page asks


class Assignment(models.Model):
    """A person's role at a node for a period: the only source of what the person may do."""

    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(_("roll"), max_length=24, choices=Role)
    node = models.ForeignKey(Organisation, verbose_name=_("plats"), on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(_("från och med"))
    valid_to = models.DateField(_("till (dagen efter sista dagen)"), null=True, blank=True)
    granted_by = models.ForeignKey(
        Person, verbose_name=_("gavs av"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(_("skäl"), max_length=300, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("uppdrag")
        verbose_name_plural = _("uppdrag")
        ordering = ["-valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                "person",
                "role",
                "node",
                condition=Q(valid_to__isnull=True),
                name="assignment_open_once",
                violation_error_message=_("Personen har redan den rollen där."),
            ),
            models.CheckConstraint(
                # The same day: given by mistake and taken back at once, it never counted.
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="assignment_period_is_forward",
                violation_error_message=_("Slutdagen kan inte komma före startdagen."),
            ),
        ]
        indexes = [models.Index(fields=["node", "role"], name="assignment_by_node")]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.node}"

    def counts_on(self, day: date) -> bool:
        """Whether the day lies in the assignment's period."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class InvitationQuerySet(Scoped["Invitation"]):
    """Invitations as sets."""

    scope = "node"

    def waiting(self, at: datetime) -> Self:
        """Those that can still be accepted."""
        return self.unanswered().filter(expires_at__gt=at)

    def unanswered(self) -> Self:
        """Neither accepted nor withdrawn; some may have run out."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)


class Invitation(models.Model):
    """An offer of an assignment to somebody's e-mail address, which waits to be accepted."""

    email = models.EmailField(_("e-postadress"))
    given_name = models.CharField(_("förnamn"), max_length=80, blank=True)
    family_name = models.CharField(_("efternamn"), max_length=80, blank=True)
    role = models.CharField(_("roll"), max_length=24, choices=Role)
    node = models.ForeignKey(Organisation, verbose_name=_("plats"), on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("skäl"), max_length=300, blank=True)
    # The key in the link is never stored, only its hash.
    key_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        Person, verbose_name=_("inbjuden av"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    invited_at = models.DateTimeField(_("inbjuden"))
    expires_at = models.DateTimeField(_("gäller till"))
    accepted_at = models.DateTimeField(_("tackade ja"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("återtagen"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("inbjudan")
        verbose_name_plural = _("inbjudningar")
        ordering = ["-invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "role",
                "node",
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_open_once",
                violation_error_message=_("Det finns redan en inbjudan till den adressen, för samma roll och plats."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.get_role_display()}, {self.node}"

    def get_full_name(self) -> str:
        """The name that the inviter gave, or the address."""
        return f"{self.given_name} {self.family_name}".strip() or self.email

    def is_waiting(self, at: datetime) -> bool:
        """Whether it can still be accepted."""
        return self.accepted_at is None and self.withdrawn_at is None and at < self.expires_at


class ApiTokenQuerySet(Scoped["ApiToken"]):
    """Keys as sets."""

    scope = ""
    own = "person"

    def usable(self) -> Self:
        """Those that open the door now, by the database's clock."""
        return self.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=Now()), revoked_at__isnull=True, person__is_active=True
        )


class ApiToken(models.Model):
    """A key that lets a program act as the person, within the scopes that the person chose."""

    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("vad nyckeln används till"), max_length=80)
    key_hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(_("nyckeln börjar med"), max_length=12)
    scopes = models.JSONField(_("vad nyckeln får"), default=list)
    created_at = models.DateTimeField(_("skapad"))
    expires_at = models.DateTimeField(_("gäller till"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("användes senast"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("återkallad"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("api-nyckel")
        verbose_name_plural = _("api-nycklar")
        ordering = ["-created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}…)"
