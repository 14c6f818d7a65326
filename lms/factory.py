"""Builds the app from its floors, lowest first."""

from collections.abc import Mapping
from importlib import import_module

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from lms import core
from lms.core.settings import Settings

LARGEST_REQUEST = 2 * 1024 * 1024  # bytes; no page takes more, uploads have their own door
FEATURES = (
    "people", "accounts", "languages", "records", "quizzes", "media", "voices", "courses",
    "assignments", "learning", "groups", "certificates", "exams", "joining", "offline", "ops",
)


def create_app(environment: Mapping[str, str] | None = None) -> Flask:
    """A whole app from environment variables; SettingsError names every bad one at once."""
    settings = Settings.from_environment(environment)
    app = Flask("lms")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_https,
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        # The host is what the proxy sends as Host: X-Forwarded-Host would be anybody's word.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=0
        )
    core.init_app(app, settings)
    for feature in FEATURES:
        import_module(f"lms.{feature}").init_app(app)
    return app
