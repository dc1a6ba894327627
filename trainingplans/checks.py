"""System checks: what must not reach production."""

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security, deploy=True)
def production_is_on(app_configs, **kwargs):
    """`check --deploy` without PORTAL_PRODUCTION=1 would pass on settings nobody should serve."""
    if settings.PRODUCTION:
        return []
    return [Error("Đặt PORTAL_PRODUCTION=1 để chạy thật.", id="portal.E001")]


@register(Tags.database)
def psycopg2_is_the_driver(app_configs, **kwargs):
    """Django takes psycopg 3 silently as soon as a package brings it in."""
    if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return []
    from django.db.backends.postgresql.psycopg_any import is_psycopg3  # noqa: PLC0415

    return [Error("Gỡ gói psycopg 3; cổng dùng psycopg2.", id="portal.E002")] if is_psycopg3 else []
