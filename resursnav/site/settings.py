"""Settings of the running product. What an operator may change comes from the environment (docs/operating.md)."""

from __future__ import annotations

import os
import secrets
import socket
import sys
import tempfile
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from .env import address, database, flag, hours, level, port, read, whole, words

PROJECT = Path(__file__).resolve().parents[2]
TESTING = "pytest" in sys.modules

DATA_DIR = read("RESURSNAV_DATA_DIR", "var", Path, "Where the database file, the search index and uploads are kept.")
DATA_DIR = DATA_DIR if DATA_DIR.is_absolute() else PROJECT / DATA_DIR
DEMO = read(
    "RESURSNAV_DEMO", "0", flag, "1 shows the persona chooser and keeps mail in an inbox page. Never on a real site."
)
DEBUG = read("RESURSNAV_DEBUG", "0", flag, "1 shows tracebacks in the browser. For developers only.")
ALLOWED_HOSTS = read(
    "RESURSNAV_HOSTS", "localhost,127.0.0.1,[::1]", words, "Host names that the site answers to, separated by commas."
)
BASE_URL = read(
    "RESURSNAV_URL", "http://localhost:8000", address, "The site's address as people write it; used in mails and feeds."
)
CSRF_TRUSTED_ORIGINS = [BASE_URL]


def _secret(written: str) -> str:
    if written:
        return written
    if DEMO or DEBUG or TESTING:
        kept = DATA_DIR / "secret-key"
        if not kept.exists():
            DATA_DIR.mkdir(parents=True, exist_ok=True)
            try:  # two processes may start at the same moment; the first one's key is the key
                with kept.open("x") as file:
                    file.write(secrets.token_urlsafe(50))
                kept.chmod(0o600)
            except FileExistsError:
                pass
        return kept.read_text()
    raise ValueError("write a long random text; `resursnav doctor` can make one")


SECRET_KEY = read("RESURSNAV_SECRET_KEY", "", _secret, "Signs sessions and links. Required, except in the demo.")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    # Ours, from the ground up.
    "resursnav.foundation.keeping",
    "resursnav.foundation.ui",
    "resursnav.foundation.access",
    "resursnav.foundation.rest",
    "resursnav.foundation.imports",
    "resursnav.foundation.organisations",
    "resursnav.foundation.people",
    # After people, whose templates clothe its pages.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "resursnav.foundation.search",
    "resursnav.foundation.threads",
    "resursnav.foundation.notices",
    "resursnav.landscape.agreements",
    "resursnav.deliver.curriculum",
    "resursnav.deliver.resources",
    "resursnav.deliver.rights",
    "resursnav.deliver.stock",
    "resursnav.deliver.transport",
    "resursnav.deliver.exchange",
    "resursnav.deliver.lending",
    "resursnav.deliver.streaming",
    "resursnav.deliver.desk",
    "resursnav.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "resursnav.site.middleware.content_security_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "resursnav.foundation.people.middleware.acting",
    "resursnav.foundation.ui.middleware.language",
    "resursnav.foundation.ui.middleware.kind_refusal",
    "resursnav.foundation.access.limits.CountedPages",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "resursnav.site.urls"
WSGI_APPLICATION = "resursnav.site.wsgi.application"
AUTH_USER_MODEL = "people.Person"
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "resursnav.site.frame.frame",
            ],
        },
    },
]

DATABASES = {
    "default": read(
        "DATABASE_URL",
        "",
        lambda written: database(written or f"sqlite:///{DATA_DIR / 'resursnav.sqlite3'}"),
        "sqlite:////path/to/file or postgresql://user:password@host:5432/name. Empty: a file in the data folder.",
    )
}
if TESTING:
    # Checkouts side by side, and parallel runs, must not share a test database.
    _name = f"test_resursnav_{PROJECT.name}_{os.getpid()}".replace("-", "_")
    if "sqlite" in str(DATABASES["default"]["ENGINE"]):
        _name = str(Path(tempfile.gettempdir()) / f"{_name}.sqlite3")
    DATABASES["default"]["TEST"] = {"NAME": _name}

EMBEDDED = "sqlite" in str(DATABASES["default"]["ENGINE"])  # one machine, one file, no other server

# Limits count here, so every process must see the same numbers, and none may be lost: see site/caches.py.
CACHES = {
    "default": {"BACKEND": "resursnav.site.caches.EmbeddedCache", "LOCATION": str(DATA_DIR / "cache")}
    if EMBEDDED
    else {"BACKEND": "resursnav.site.caches.ClusterCache", "LOCATION": "cache"}
}
if TESTING:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

BACKUP_DIR = read(
    "RESURSNAV_BACKUP_DIR",
    "",
    lambda written: Path(written) if written else DATA_DIR / "backups",
    "Where backups are written. Empty: `backups` in the data folder.",
)

NODE = read(
    "RESURSNAV_NODE",
    "",
    lambda written: written or socket.gethostname(),
    "This machine's name among the site's machines. Empty: its host name.",
)
BIND_HOST = read("RESURSNAV_BIND", "127.0.0.1", str, "The network address that `resursnav serve` listens on.")
BIND_PORT = read("RESURSNAV_PORT", "8000", port, "The port that `resursnav serve` listens on.")


def _processes(written: str) -> int:
    if not written:
        return 1 if EMBEDDED else min(os.cpu_count() or 1, 8)
    if EMBEDDED and written.strip() != "1":
        raise ValueError("with SQLite there is one web process; choose PostgreSQL for more, or raise RESURSNAV_THREADS")
    return whole(1, 64)(written)


WEB_PROCESSES = read(
    "RESURSNAV_PROCESSES", "", _processes, "Web processes. Empty: 1 with SQLite, else one for each core (at most 8)."
)
WEB_THREADS = read("RESURSNAV_THREADS", "4", whole(1, 256), "Threads in each web process.")

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Svenska")), ("en", _("Engelska"))]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "resursnav.foundation.ui.assets.NodeModulesFinder",
]
NODE_MODULES = PROJECT / "node_modules"
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING
WHITENOISE_AUTOREFRESH = DEBUG

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Signing in: by password, by a code in a mail, by passkey; with a second step where the person has chosen one.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "resursnav.foundation.people.adapter.AccountAdapter"
MFA_ADAPTER = "resursnav.foundation.people.adapter.MFAAdapter"
ACCOUNT_FORMS = {"login": "resursnav.foundation.people.forms.LoginForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody learns by mail that an address has no account
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = BASE_URL.partition(":")[0]
# Nobody guesses passwords or floods mailboxes; the counts live in the shared cache. A whole municipality often comes
# from one address, so what holds back a guesser is counted by account ("key"), and by address only what floods.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "request_login_code": "60/m/ip,3/15m/key",
    "reset_password": "60/m/ip,3/15m/key",
    "reauthenticate": "10/m/user",
    "confirm_email": "1/3m/key",
    "manage_email": "10/m/user",
    "change_password": "5/m/user",
}
# How often the forms that strangers can send may come from one address in a minute. A test looks for open forms that
# are missing here (site/tests/test_limits.py).
FORMS_PER_MINUTE = {
    "account_login": 120,
    "account_request_login_code": 60,
    "account_confirm_login_code": 120,
    "account_reset_password": 60,
    "account_reset_password_from_key": 60,
    "account_signup": 10,
    "account_confirm_email": 60,
    "account_email_verification_sent": 60,
    "mfa_authenticate": 120,
    "mfa_login_webauthn": 120,
    "people:accept": 60,
    "people:be_persona": 120,
    "ui:report_flaw": 20,
    "notices:stop": 60,
    # A whole school begins its lesson at the same minute from one address; guesses are counted by themselves.
    "streaming:enter": 600,
    "streaming:watch": 600,
    "streaming:done": 600,
}
MFA_FORMS = {
    "add_webauthn": "resursnav.foundation.people.forms.PasskeyForm",
    "edit_webauthn": "resursnav.foundation.people.forms.PasskeyNameForm",
}
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Resursnav"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off, as RFC 6238 advises
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO

# Behind https everything travels encrypted; on plain http (the demo, a closed test) the browser must still get cookies.
SECURE = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = read("RESURSNAV_FORCE_HTTPS", "0", flag, "1 sends plain http on to https, when no proxy does.")
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # a load balancer asks on plain http
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
# Sibling sites under the region's domain are not ours to bind (subdomains), nor is the preload list.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https")
    if read("RESURSNAV_BEHIND_PROXY", "0", flag, "1 when a proxy in front sets X-Forwarded-Proto and -For.")
    else None
)
X_FRAME_OPTIONS = "DENY"

CENTRE_NAME = read("RESURSNAV_CENTRE", "Resurscentrum", str, "The centre's name, shown in the page head and in mails.")
COUNTY = read(
    "RESURSNAV_COUNTY", "", str, "Two digits: the county on the start page. Empty: the one with most municipalities."
)
CENTRE_EMAIL = read("RESURSNAV_CENTRE_EMAIL", "centret@example.org", str, "Where people write to the centre.")
CENTRE_PHONE = read("RESURSNAV_CENTRE_PHONE", "", str, "The centre's telephone number, shown in the page foot.")

EMAIL_HOST = read("RESURSNAV_SMTP_HOST", "", str, "The mail relay. Empty: mail waits in the outbox.")
EMAIL_PORT = read("RESURSNAV_SMTP_PORT", "587", port, "The mail relay's port.")
EMAIL_HOST_USER = read("RESURSNAV_SMTP_USER", "", str, "User name at the mail relay.")
EMAIL_HOST_PASSWORD = read("RESURSNAV_SMTP_PASSWORD", "", str, "Password at the mail relay.")
EMAIL_USE_TLS = read("RESURSNAV_SMTP_TLS", "1", flag, "1 speaks STARTTLS with the mail relay.")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = read("RESURSNAV_MAIL_FROM", CENTRE_EMAIL, str, "The sender of mails.")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Every mail is written to the outbox in the same transaction as its cause; the worker sends it from there.
EMAIL_BACKEND = "resursnav.foundation.notices.backend.OutboxEmailBackend"
MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
MAIL_DAYS = read(
    "RESURSNAV_MAIL_DAYS", "90", whole(1, 3650), "After this many days the text of a sent mail is removed."
)
RECORD_DAYS = read(
    "RESURSNAV_RECORD_DAYS", "730", whole(1, 36_500), "After this many days the log forgets who did what; not what."
)
CODE_MOST_DAYS = read("RESURSNAV_CODE_MOST_DAYS", "31", whole(1, 366), "For how many days a class code may hold.")
SCHOOL_HOURS = read(
    "RESURSNAV_SCHOOL_HOURS",
    "7-18",
    hours,
    "Between which hours on weekdays a class code for several days opens things.",
)
CODE_DAYS = read(
    "RESURSNAV_CODE_DAYS", "90", whole(0, 3650), "So many days after its end a class code is removed, and who made it."
)
SEAT_HOURS = read(
    "RESURSNAV_SEAT_HOURS", "24", whole(0, 8760), "So many hours after it was over a streaming place is removed."
)
LOAN_MEMORY_DAYS = read(
    "RESURSNAV_LOAN_MEMORY_DAYS", "90", whole(0, 3650),
    "So many days after all of an order is back it forgets who borrowed; not what, when and which unit.",
)  # fmt: skip

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "resursnav.foundation.imports.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
API_PER_MINUTE = read(
    "RESURSNAV_API_PER_MINUTE", "120", int, "How often a program without a key may ask the open interface in a minute."
)
UPLOAD_LIMIT = (
    1024 * 1024 * read("RESURSNAV_UPLOAD_MB", "200", whole(1, 10_000), "The largest file an import takes, in MB.")
)

HARVEST_PRIVATE = read(
    "RESURSNAV_HARVEST_PRIVATE", "0", flag, "1 lets harvests ask catalogues on internal addresses, too."
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["console"],
        "level": read("RESURSNAV_LOG", "INFO", level, "How much is logged: DEBUG, INFO, WARNING or ERROR."),
    },
}
