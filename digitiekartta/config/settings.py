"""Django's settings, from the environment. docs/settings.md tells what each variable does."""

from __future__ import annotations

from typing import Any

import dj_database_url

from . import environment, logs, mail, sign_in

VAR = environment.var_folder()
SECRET_KEY = environment.secret_key(VAR)
DEBUG = environment.flag("DEBUG")
PUBLIC_URL = environment.public_url()
ALLOWED_HOSTS = environment.allowed_hosts(PUBLIC_URL)
FIXED_NOW = environment.read("NOW")
LOCAL_URL = "http://localhost:8000"
"""Under which links in mails stand that nobody asked for, where there is no public address."""

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "csp",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    *sign_in.provider_apps(),
    "digitiekartta.ui",
    "digitiekartta.history",
    "digitiekartta.live",
    "digitiekartta.accounts",
    "digitiekartta.municipalities",
    "digitiekartta.decisions",
    "digitiekartta.surveys",
    "digitiekartta.levels",
    "digitiekartta.roadmaps",
    "digitiekartta.ideas",
    "digitiekartta.notices",
    "digitiekartta.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "digitiekartta.ui.language.LanguageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "digitiekartta.accounts.middleware.SignedInMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "digitiekartta.municipalities.features.FeaturesMiddleware",
]

ROOT_URLCONF = "digitiekartta.config.urls"
WSGI_APPLICATION = "digitiekartta.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "digitiekartta.ui.environment.environment",
            "bytecode_cache": environment.compiled_templates(VAR),
        },
    },
]


def _sqlite_options() -> dict[str, Any]:
    """Durable before it is acknowledged: WAL with a full sync at every commit. What is deleted or
    written over is erased in the file too, so that the counts of a survey leave nothing behind."""
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;"
            "PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;"
        ),
    }


DATABASES = {
    "default": dj_database_url.config(
        env="DATABASE_URL", default=f"sqlite:///{VAR / 'digitiekartta.sqlite3'}"
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = _sqlite_options()
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
        "min_size": 1,
        "max_size": 16,
        "timeout": 5,
        "reconnect_timeout": 2,
    }
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
globals().update(sign_in.SETTINGS, **sign_in.organisation(), **mail.mail_settings(VAR))
MAIL_IN_BACKGROUND = True
SESSION_ENGINE = "digitiekartta.accounts.sessions"
SESSION_COOKIE_NAME = "istunto"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
TIME_ZONE = "Europe/Helsinki"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "digitiekartta.ui.static_files.Storage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 300

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'", *filter(None, [globals()["OIDC_ORIGIN"]])],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_HTTPS = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SECURE_HSTS_SECONDS = 63_072_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []
TRUSTED_PROXIES = environment.listed("TRUSTED_PROXIES")
LOGGING = logs.CONFIGURATION
SILENCED_SYSTEM_CHECKS: list[str] = []
