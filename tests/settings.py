"""Settings of the tests: quick hashes, plain static files, files in a scratch folder."""

import tempfile

from trainingplans.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = tempfile.mkdtemp(prefix="portal-media-")
IMPORTS_INLINE = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
