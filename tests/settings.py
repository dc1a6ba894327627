"""Settings of the tests: quick hashes, plain static files, files in a scratch folder."""

import atexit
import shutil
import tempfile
from pathlib import Path

from trainingplans.settings import *  # noqa: F403
from trainingplans.settings import DATABASES, LOGGING

SCRATCH = Path(tempfile.mkdtemp(prefix="portal-tests-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = str(SCRATCH / "media")
# Thousands of refusals are asked for on purpose: their answers are looked at, not their log.
LOGGING["loggers"]["django.request"] = {"level": "ERROR"}
IMPORTS_INLINE = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file: in memory, all threads of the server under a browser would share one connection.
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
