"""What all tests share: a browser where there is one, failures instead of skips in CI."""

import os

import pytest
from django.db import connection

IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}


def missing(what):
    """Skip for want of `what`; in CI nothing may be skipped for that."""
    if IN_CI:
        pytest.fail(f"{what} is missing, and in CI nothing is skipped for want of it")
    pytest.skip(f"no {what}")


@pytest.fixture(autouse=True)
def only_where_it_can_run(request):
    if request.node.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("shown on PostgreSQL, in the second run")


def pytest_collection_modifyitems(config, items):
    """Long proofs run only when asked for: `-m proof`."""
    if "proof" in (config.getoption("markexpr") or ""):
        return
    chosen, left = [], []
    for item in items:
        (left if item.get_closest_marker("proof") else chosen).append(item)
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = chosen
