"""Accounts: who logs in, in which role, for which unit."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from cadres.models.base import Versioned
from cadres.roles import ROLE_CHOICES, ROLES

SYSTEM = "system"


class AccountManager(BaseUserManager):
    """Makes accounts with a usable password, or none."""

    def create_user(self, username, password=None, **fields):
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def system(self):
        """The account in whose name commands write by default; made by a migration."""
        fields = {"full_name": "Hệ thống", "role": "system", "password": "!khong-dang-nhap"}
        return self.get_or_create(username=SYSTEM, defaults=fields)[0]

    def get_by_natural_key(self, username):
        return self.get(username=username)


class Account(AbstractBaseUser, Versioned):
    """Somebody who logs in: a role says what they may do, a unit whose people they see."""

    username = models.CharField("tên đăng nhập", max_length=60, unique=True)
    full_name = models.CharField("họ và tên", max_length=120, blank=True)
    role = models.CharField("vai trò", max_length=20, choices=ROLE_CHOICES)
    unit = models.ForeignKey(
        "cadres.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accounts",
        verbose_name="đơn vị",
    )
    official = models.OneToOneField(
        "cadres.Official",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="account",
        verbose_name="hồ sơ cán bộ",
    )
    email = models.EmailField("thư điện tử", blank=True)
    is_active = models.BooleanField("đang dùng", default=True)
    must_change_password = models.BooleanField("phải đổi mật khẩu", default=False)
    narrow_navigation = models.BooleanField("thu gọn thanh bên", default=False)
    created_at = models.DateTimeField("tạo lúc", default=timezone.now, editable=False)

    objects = AccountManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"
        ordering = ["username"]

    def __str__(self):
        return self.full_name or self.username

    def get_full_name(self):
        """What the top bar shows."""
        return str(self)

    @property
    def rights(self):
        """The role's row in the table of roles."""
        return ROLES[self.role]

    @property
    def scope(self):
        return self.rights.scope

    def has_perm(self, perm, obj=None):
        """Whether the role grants `perm`, such as "cadres.view_official"."""
        return self.is_active and perm in self.rights.permissions

    def has_perms(self, perm_list, obj=None):
        return all(self.has_perm(perm) for perm in perm_list)

    def has_module_perms(self, app_label):
        return self.is_staff

    @property
    def is_staff(self):
        """Whether the reference tables' admin opens for this account."""
        return self.has_perm("cadres.manage_catalogues") and self.username != SYSTEM

    is_superuser = False
