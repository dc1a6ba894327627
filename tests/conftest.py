"""What all tests share: which of them run where, and failures instead of skips in CI."""

import gc
import os

import pytest
from django.conf import settings
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck
from hypothesis import settings as examples

from trainingplans.lib.shelf import forget

# The longest files: two processes that share the tests begin with them, and end together.
LONGEST = (
    "browser/",
    "test_access.py",
    "cadres/test_hostile_input.py",
    "demo/",
    "rules/test_proof.py",
    "test_migrations.py",
    "cadres/test_people_access.py",
    "courses/test_nomination_flow.py",
    "reports_pages/test_same_answer.py",
    "rules/test_versions.py",
)
# Made and thrown away by the thousand: to look for cycles so seldom saves an eighth of the time.
gc.set_threshold(50_000, 20, 100)
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}
# A busy machine is no fault. In CI the examples are the same each time; `make proof` draws anew.
examples.register_profile(
    "tests", deadline=None, derandomize=IN_CI, suppress_health_check=[HealthCheck.too_slow]
)
examples.load_profile("tests")


def missing(what):
    """Skip for want of `what`; in CI nothing may be skipped for that."""
    if IN_CI:
        pytest.fail(f"{what} is missing, and in CI nothing is skipped for want of it")
    pytest.skip(f"no {what}")


def _stays(item, proof, on_postgres):
    if item.get_closest_marker("postgres") and not on_postgres:
        return False  # shown in the run on PostgreSQL
    if on_postgres and item.get_closest_marker("no_database"):
        return False  # shown in the run on SQLite
    return proof or not item.get_closest_marker("proof")


def pytest_collection_modifyitems(config, items):
    """Long proofs run only when asked for (-m proof), races only where they can be seen."""
    proof = "proof" in (config.getoption("markexpr") or "")
    on_postgres = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
    left = [item for item in items if not _stays(item, proof, on_postgres)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if _stays(item, proof, on_postgres)]
    items.sort(key=lambda item: not item.nodeid.removeprefix("tests/").startswith(LONGEST))


def pytest_collection_finish(session):
    """What is loaded now stays: the collector need not walk over it again and again."""
    gc.collect()
    gc.freeze()


@receiver(post_migrate)
def system_account(sender, **kwargs):
    """What a migration makes is there in every test: the account `system`.

    Tests make their tables without migrations (quicker), and a test that empties the database
    sends this signal again. tests/test_migrations.py shows that the migrations make the same.
    """
    if sender.name == "cadres":
        sender.get_model("Account").objects.system()


def _cold(self, enter=CaptureQueriesContext.__enter__):
    """Queries are counted with nothing kept in memory, else the second of two counts is less."""
    forget()
    return enter(self)


CaptureQueriesContext.__enter__ = _cold
