"""What people type about themselves and each other."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from .models import Person, SecurityMarking
from .tokens import SCOPES
from .trust import gives


class LoginForm(AllauthLoginForm):  # type: ignore[misc]  # allauth has no types
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-postadress")
        self.fields["login"].error_messages["required"] = _("Skriv din e-postadress.")
        self.fields["password"].label = _("Lösenord")
        self.fields["password"].help_text = ""
        self.fields["password"].error_messages["required"] = _("Skriv ditt lösenord.")
        self.fields["remember"].label = _("Håll mig inloggad på den här datorn")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A passkey's name, and whether it is enough by itself, which is what most people think that a passkey is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Namn")
        self.fields["passwordless"].initial = True


class PasskeyNameForm(EditWebAuthnForm):  # type: ignore[misc]  # the same
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Namn")


class MeForm(forms.Form):
    """Name, telephone and language of one's own account."""

    given_name = forms.CharField(
        label=_("Förnamn"), max_length=80, error_messages={"required": _("Skriv ditt förnamn.")}
    )
    family_name = forms.CharField(label=_("Efternamn"), max_length=80, required=False)
    phone = forms.CharField(
        label=_("Telefon i tjänsten"),
        help_text=_("Syns för dem som arbetar på samma plats eller ansvarar för den."),
        max_length=40,
        required=False,
    )
    language = forms.ChoiceField(label=_("Språk"), choices=Person._meta.get_field("language").choices or ())


class RoleForm(forms.Form):
    """A role that is offered or given, and why."""

    role = forms.ChoiceField(label=_("Roll"), widget=forms.RadioSelect, error_messages={"required": _("Välj en roll.")})
    reason = forms.CharField(
        label=_("Skäl"),
        help_text=_("En rad som förklarar uppdraget för den som läser loggen senare."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, givers: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in gives(givers)]  # type: ignore[attr-defined]  # a choice field


class InviteForm(RoleForm):
    """Whom to invite, to what."""

    email = forms.EmailField(
        label=_("E-postadress"),
        help_text=_("Personens adress i tjänsten. Dit går inbjudan, och med den loggar personen in."),
        error_messages={"required": _("Skriv personens e-postadress.")},
    )
    given_name = forms.CharField(label=_("Förnamn"), max_length=80, required=False)
    family_name = forms.CharField(label=_("Efternamn"), max_length=80, required=False)
    field_order = ("email", "given_name", "family_name", "role", "reason")


class AssignForm(RoleForm):
    """A role for somebody who already has an account, from when until when."""

    valid_from = forms.DateField(
        label=_("Från och med"),
        help_text=_("Tomt betyder från och med i dag."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    valid_to = forms.DateField(
        label=_("Slutar gälla"),
        help_text=_("Första dagen då det inte längre gäller. Tomt betyder tills vidare."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    field_order = ("role", "valid_from", "valid_to", "reason")


class ReasonForm(forms.Form):
    """Why something is ended."""

    reason = forms.CharField(label=_("Skäl"), max_length=300, required=False)


class ProtectForm(forms.Form):
    """How far somebody's identity is protected."""

    marking = forms.ChoiceField(label=_("Skydd"), choices=SecurityMarking, widget=forms.RadioSelect)


class AcceptForm(forms.Form):
    """Name and password of a new account."""

    given_name = forms.CharField(
        label=_("Förnamn"), max_length=80, error_messages={"required": _("Skriv ditt förnamn.")}
    )
    family_name = forms.CharField(
        label=_("Efternamn"), max_length=80, error_messages={"required": _("Skriv ditt efternamn.")}
    )
    password = forms.CharField(
        label=_("Lösenord"),
        help_text=_("Minst tio tecken. Lämna tomt om du hellre loggar in med en kod som kommer med e-post."),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self) -> str:
        """A password that others will not guess; none at all is allowed."""
        password: str = self.cleaned_data["password"]
        if password:
            known = Person(
                email=self.email,
                given_name=self.cleaned_data.get("given_name", ""),
                family_name=self.cleaned_data.get("family_name", ""),
            )
            validate_password(password, known)
        return password


class TokenForm(forms.Form):
    """What a program's key is for, what it may do and for how long."""

    name = forms.CharField(
        label=_("Vad ska nyckeln användas till?"),
        help_text=_("Till exempel skolans lärplattform."),
        max_length=80,
        error_messages={"required": _("Skriv vad nyckeln används till.")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("Vad får programmet göra?"),
        choices=list(SCOPES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj minst en sak som nyckeln får göra.")},
    )
    days = forms.TypedChoiceField(
        label=_("Hur länge gäller den?"),
        coerce=int,
        choices=[(30, _("30 dagar")), (90, _("90 dagar")), (365, _("ett år"))],
        initial=90,
    )


class CloseForm(forms.Form):
    """Closing one's account cannot be undone, so one says so."""

    sure = forms.BooleanField(
        label=_("Jag vill stänga mitt konto och förstår att det inte går att ångra."),
        error_messages={"required": _("Kryssa i rutan om du vill stänga kontot.")},
    )
