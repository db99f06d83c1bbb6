"""Django settings: wiring only. Every value that differs between machines comes through config.env."""

from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import env
from dott.platform.api.schema_settings import SPECTACULAR_SETTINGS  # noqa: F401
from dott.platform.identity.allauth_settings import *  # noqa: F403  (ACCOUNT_* and HEADLESS_*)

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = env.flag("DOTT_DEBUG")
SECRET_KEY = env.required("DJANGO_SECRET_KEY")
SECRET_KEY_FALLBACKS = [key for key in env.optional("DJANGO_SECRET_KEY_FALLBACKS").split(",") if key]

# They seal the seeds of second factors: the first seals, all of them open (identity/factors/keys.py).
FACTOR_KEYS = [key for key in env.optional("DOTT_FACTOR_KEYS").split(",") if key]

# The one origin at which browsers see Dott. Links in mail, the CSRF origin check and the Secure flag
# of cookies follow from it; it is never guessed from a request.
PUBLIC_ORIGIN = env.optional("DOTT_PUBLIC_ORIGIN", "http://localhost:3000").rstrip("/")
SERVED_OVER_HTTPS = PUBLIC_ORIGIN.startswith("https://")
ALLOWED_HOSTS = [urlsplit(PUBLIC_ORIGIN).hostname or "localhost", "127.0.0.1", "localhost"]
ALLOWED_HOSTS += [host for host in env.optional("DOTT_ALLOWED_HOSTS").split(",") if host]
USE_X_FORWARDED_HOST = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SERVED_OVER_HTTPS else None
# How many proxies of ours append to X-Forwarded-For; the limiter takes the client address from there.
TRUSTED_PROXY_COUNT = env.integer("DOTT_TRUSTED_PROXY_COUNT", 1)

INSTALLED_APPS = [
    "dott.platform.tenancy",
    "dott.platform.identity",
    "dott.platform.api",
    "dott.platform.history",
    "dott.platform.jobs",
    "dott.platform.realtime",
    "dott.platform.egress",
    "dott.platform.mail",
    "dott.platform.webhooks",
    "dott.platform.sso",
    "dott.platform.portability",
    "dott.platform.privacy",
    "dott.modules.crm",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.headless",
    "procrastinate.contrib.django",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

# Outermost first. The order is the life of a request (ARCHITECTURE.md).
MIDDLEWARE = [
    "dott.platform.api.middleware.RequestIdMiddleware",
    "dott.platform.api.middleware.ProblemMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dott.platform.identity.middleware.CredentialMiddleware",
    "dott.platform.identity.csrf.CsrfMiddleware",
    "dott.platform.identity.middleware.IdentityMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "dott.platform.tenancy.middleware.TenantMiddleware",
    "dott.platform.identity.middleware.ApiKeyLimitMiddleware",
]

ROOT_URLCONF = "config.urls"
APPEND_SLASH = False

# One login role per job (tenancy.md 2.1), and a process is given only the roles of its own job: serving
# needs default and auth, the worker its own, a migration the owner. `default` sees a tenant's rows only
# inside a signed context.
POOL = {"min_size": 1, "max_size": env.integer("DOTT_DB_POOL_MAX", 8), "timeout": 3}
_ROLES: dict[str, tuple[str, dict[str, object], dict[str, object]]] = {
    # alias: where its address is, its connection options, its further settings
    "default": ("DATABASE_URL", {"pool": POOL}, {}),
    "auth": ("DATABASE_AUTH_URL", {"pool": POOL}, {}),
    "worker": ("DATABASE_WORKER_URL", {}, {"CONN_HEALTH_CHECKS": True}),
    "migrator": ("DATABASE_MIGRATOR_URL", {}, {"TEST": {"TEMPLATE": "dott_template"}}),
}
DATABASES = {
    alias: env.database(name, options) | further
    for alias, (name, options, further) in _ROLES.items()
    if env.optional(name)
}
if not DATABASES:
    raise ImproperlyConfigured(f"None of {', '.join(name for name, *_ in _ROLES.values())} is set.")
# Django wants the alias in every process. Where the role is not given, using it is an error.
DATABASES.setdefault("default", {})
# A pooler in transaction mode (PgBouncer before 1.21) gives each transaction another server, which does not
# know what was prepared on the last one.
PREPARES_STATEMENTS = not env.flag("DOTT_DATABASE_POOLED")
# Paths without a tenant: sign-in comes before the tenant, and these say nothing about one. Everything
# else is denied without a live session.
TENANT_FREE_PREFIXES = (
    "/api/auth/",
    "/api/tenants/",
    "/api/schema/",
    "/api/docs/",
    "/api/redoc/",
    "/api/static/",
    "/health/",
)
DATABASE_ROUTERS = ["dott.platform.tenancy.router.RoleRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "KEY_FUNCTION": "dott.platform.tenancy.cache.tenant_key",
    }
}

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

# Below /api/ so that one path prefix is all a proxy has to pass on.
STATIC_URL = "/api/static/"
# Where an image has collected them; a checkout serves them from the packages.
STATIC_ROOT = env.optional("DOTT_STATIC_ROOT") or None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# Of the account that `manage.py seed_demo` makes; it refuses to run without one.
DEMO_PASSWORD = env.optional("DOTT_DEMO_PASSWORD")
FILES_DIR = Path(env.optional("DOTT_FILES_DIR") or BASE_DIR / "files")
# Of the attachments and imports of one business, those in the trash included.
FILES_QUOTA_BYTES = env.integer("DOTT_FILES_QUOTA_MB", 5_000) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# --- Security headers -------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 63_072_000 if SERVED_OVER_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SERVED_OVER_HTTPS

# --- Rate limits: scope → (attempts, window in seconds) ----------------------------------------------
# security.md 5.4. Scopes on _ip count a client, the others an account or a session.
RATE_LIMITS = {
    "sign_in_ip": (20, 60),
    "sign_in_account": (5, 900),
    "sign_up_ip": (env.integer("DOTT_SIGN_UPS_PER_HOUR", 10), 3600),
    "sign_up_account": (10, 3600),
    "reset_ip": (20, 3600),
    "reset_account": (3, 3600),
    "code_ip": (30, 900),
    "code_session": (10, 900),
    "resend_ip": (20, 3600),
    "resend_session": (3, 3600),
    "invite_business": (50, 86_400),
    "passkey_ip": (60, 900),
    "factor_session": (5, 600),
    "factor_account": (20, 3600),
    "api_key": (600, 60),
    "api_key_maker": (30, 3600),
    # Tests and repetitions that members of a business ask for.
    "webhook_business": (60, 3600),
    "business_export": (6, 3600),
    "sso_start_ip": (60, 900),
    "sso_finish_ip": (60, 900),
    "sso_business": (30, 3600),
}

# --- Live pages (realtime) -----------------------------------------------------------------------------
CHANNEL_LAYERS = {"default": {"BACKEND": "dott.platform.realtime.layer.NotifyLayer"}}
REALTIME = {
    # How soon a socket ends whose session did, should the announcement of it be lost.
    "recheck_seconds": env.integer("DOTT_REALTIME_RECHECK_SECONDS", 30),
    # Open at once, in one process.
    "sockets_per_user": env.integer("DOTT_REALTIME_SOCKETS_PER_USER", 30),
    "sockets_per_tenant": env.integer("DOTT_REALTIME_SOCKETS_PER_TENANT", 1000),
}

# --- Calling others (egress) ---------------------------------------------------------------------------
EGRESS_PORTS = frozenset(
    {443, 8443, *(int(port) for port in env.optional("DOTT_EGRESS_PORTS").split(",") if port)}
)
# "hooks.example.com,.example.org": the only hosts that are called, a dot before a name standing for all below
# it. Empty: whatever is public.
EGRESS_HOSTS = frozenset(
    name for entry in env.optional("DOTT_EGRESS_HOSTS").split(",") if (name := entry.strip().lower())
)
EGRESS_ALLOWS_HTTP = env.flag("DOTT_EGRESS_ALLOW_HTTP")
# "127.0.0.1:9000,…": receivers of tests and of development. `check --deploy` refuses any.
EGRESS_EXCEPTIONS = frozenset(entry for entry in env.optional("DOTT_EGRESS_EXCEPTIONS").split(",") if entry)

# --- Single sign-on (sso) ------------------------------------------------------------------------------
# Name servers that are asked for TXT records, as address or address:port; those of the system without.
DNS_SERVERS = [entry for entry in env.optional("DOTT_DNS_SERVERS").split(",") if entry]

# --- Session and CSRF cookies (identity) ------------------------------------------------------------
SESSION_ENGINE = "dott.platform.identity.sessions"
SESSION_COOKIE_NAME = env.optional("DOTT_SESSION_COOKIE_NAME", "sid")
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SERVED_OVER_HTTPS
SESSION_COOKIE_AGE = 7 * 24 * 3600  # absolute lifetime, seconds
SESSION_IDLE_SECONDS = 8 * 3600
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
CSRF_COOKIE_NAME = "csrftoken"
CSRF_COOKIE_SECURE = SERVED_OVER_HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [PUBLIC_ORIGIN]
CSRF_FAILURE_VIEW = "dott.platform.api.errors.csrf_failure"

# --- Accounts (django-allauth) ----------------------------------------------------------------------
AUTH_USER_MODEL = "identity.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["dott.platform.identity.passwords.Argon2idHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "dott.platform.identity.passwords.MaximumLengthValidator"},
    {"NAME": "dott.platform.identity.passwords.DisguisedCommonPasswordValidator"},
]
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": f"{PUBLIC_ORIGIN}/verify-email",
    "account_reset_password": f"{PUBLIC_ORIGIN}/forgotten-password",
    "account_reset_password_from_key": f"{PUBLIC_ORIGIN}/forgotten-password",
    "account_signup": f"{PUBLIC_ORIGIN}/sign-up",
}

# --- API --------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["dott.platform.api.parsers.StrictJSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["dott.platform.identity.authentication.ContextAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["dott.platform.identity.permissions.RolePermission"],
    "DEFAULT_SCHEMA_CLASS": "dott.platform.api.schema.AutoSchema",
    "EXCEPTION_HANDLER": "dott.platform.api.errors.exception_handler",
    "UNAUTHENTICATED_USER": None,
    # No answer to OPTIONS: the OpenAPI file describes the API, to everybody alike.
    "DEFAULT_METADATA_CLASS": None,
    "URL_FORMAT_OVERRIDE": None,
    "DATETIME_FORMAT": "iso-8601",
    "COERCE_DECIMAL_TO_STRING": True,
}

# --- Mail -------------------------------------------------------------------------------------------
# Without an SMTP host every mail becomes a file in DOTT_MAIL_DIR, which ./dott up prints.
DEFAULT_FROM_EMAIL = env.optional("DOTT_MAIL_FROM", "Dott <no-reply@localhost>")
EMAIL_HOST = env.optional("EMAIL_HOST")
EMAIL_PORT = env.integer("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.optional("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.optional("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = bool(EMAIL_HOST)
EMAIL_TIMEOUT = 10
if EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = env.optional("DOTT_MAIL_DIR") or str(BASE_DIR / "mail")

PROCRASTINATE_DATABASE_ALIAS = "worker"
