"""Settings: one file; everything that differs between machines comes from the environment."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
DEVELOPMENT_KEY = "development-only-" + "0" * 50


def env_text(name, default=""):
    """A text from the environment."""
    return os.environ.get(name, default).strip()


def env_flag(name, default):
    """True or False from the environment; anything but 0/1/true/false is an error."""
    value = env_text(name, str(default)).lower()
    if value not in {"0", "1", "true", "false"}:
        raise ImproperlyConfigured(f"{name} phải là 1 hoặc 0, không phải “{value}”.")
    return value in {"1", "true"}


def env_int(name, default):
    """A whole number from the environment; anything else is an error."""
    value = env_text(name, str(default))
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} phải là số nguyên, không phải “{value}”.")
    return int(value)


PRODUCTION = env_flag("PORTAL_PRODUCTION", False)
DEBUG = env_flag("PORTAL_DEBUG", False)
SECRET_KEY = env_text("PORTAL_SECRET_KEY", "" if PRODUCTION else DEVELOPMENT_KEY)
ALLOWED_HOSTS = [h for h in env_text("PORTAL_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if h]
CSRF_TRUSTED_ORIGINS = [o for o in env_text("PORTAL_ORIGINS").split(",") if o]
PORTAL_NAME = env_text("PORTAL_NAME", "Cổng đào tạo cán bộ")
PORTAL_OFFICE = env_text("PORTAL_OFFICE", "Sở Nội vụ tỉnh Thái Nguyên")
# How e-mails and calendars name the portal: https://daotao.example.gov.vn
PORTAL_ADDRESS = env_text("PORTAL_ADDRESS", next(iter(CSRF_TRUSTED_ORIGINS), "")).rstrip("/")

if PRODUCTION:
    if DEBUG:
        raise ImproperlyConfigured("PORTAL_DEBUG phải tắt khi PORTAL_PRODUCTION=1.")
    if len(SECRET_KEY) < 50:
        raise ImproperlyConfigured("Đặt PORTAL_SECRET_KEY dài ít nhất 50 ký tự ngẫu nhiên.")
    if not os.environ.get("PORTAL_HOSTS"):
        raise ImproperlyConfigured("Đặt PORTAL_HOSTS là tên miền của cổng.")

INSTALLED_APPS = [
    "cadres",
    "courses",
    "trainingplans.plans",
    "reports",
    "trainingplans",
    # Commands need no admin pages: these are found where the addresses are (urls.py).
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_filters",
    "django_htmx",
    "import_export",
    "simple_history",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Pages are compressed for weak links; random padding keeps secrets in them (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "trainingplans.middleware.PlainRequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "trainingplans.middleware.SessionOverMiddleware",
    "cadres.middleware.SessionAgeMiddleware",
    "cadres.middleware.FirstPasswordMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "trainingplans.urls"
WSGI_APPLICATION = "trainingplans.wsgi.application"
ASGI_APPLICATION = "trainingplans.asgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "trainingplans.context.portal",
            ],
        },
    }
]

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        "PRAGMA busy_timeout=20000; PRAGMA cache_size=-64000; PRAGMA temp_store=MEMORY;"
    ),
}


def database():
    """The database by DATABASE_URL; an SQLite file in the project folder without it."""
    chosen = dj_database_url.parse(
        env_text("DATABASE_URL") or f"sqlite:///{BASE_DIR / 'portal.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
    if chosen["ENGINE"].endswith("sqlite3"):
        chosen["OPTIONS"] = SQLITE_OPTIONS
    return chosen


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "cadres.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "cadres.backends.RoleBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"

# Ten wrong passwords for one name from one address within a quarter of an hour, then a pause.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 60 * 60  # idle
SESSION_SAVE_EVERY_REQUEST = True
SESSION_HOURS_AT_MOST = 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "trainingplans.views.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [BASE_DIR / "trainingplans" / "locale"]
FORMAT_MODULE_PATH = ["trainingplans.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = not PRODUCTION
MEDIA_ROOT = Path(env_text("PORTAL_MEDIA") or BASE_DIR / "media")
UPLOAD_LIMIT = env_int("PORTAL_UPLOAD_MB", 20) * 1024 * 1024
DROPPED_DAYS = env_int("PORTAL_DROPPED_DAYS", 90)  # files of imports put away are kept so long
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "import"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "export"
SIMPLE_HISTORY_HISTORY_ID_USE_UUID = False

# Without a mail server `send_mail` prints the e-mails.
EMAIL_HOST = env_text("PORTAL_MAIL_HOST")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = env_int("PORTAL_MAIL_PORT", 587)
EMAIL_HOST_USER = env_text("PORTAL_MAIL_USER")
EMAIL_HOST_PASSWORD = env_text("PORTAL_MAIL_PASSWORD")
EMAIL_USE_TLS = env_flag("PORTAL_MAIL_TLS", True)
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env_text("PORTAL_MAIL_FROM", "cong-dao-tao@localhost")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "trainingplans.logs.OneLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env_text("PORTAL_LOG_LEVEL", "WARNING")},
    "loggers": {"axes": {"level": "ERROR"}},
}
