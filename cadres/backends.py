"""Authentication: the password check of Django; permissions come from the role (Account)."""

from django.contrib.auth.backends import ModelBackend


class RoleBackend(ModelBackend):
    """Checks names and passwords; grants nothing by itself."""

    def has_perm(self, user_obj, perm, obj=None):
        return False

    def get_all_permissions(self, user_obj, obj=None):
        return set()
