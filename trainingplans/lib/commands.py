"""The common manners of commands: exit status, --json, one line in Vietnamese a problem."""

import json
import re
import sys
from argparse import ArgumentTypeError

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from trainingplans.lib.dates import FIRST_YEAR, LAST_YEAR, parse_iso

DONE, SOME_REJECTED, NOTHING_DONE = 0, 1, 2


class Refused(Exception):
    """Nothing was done; `problems` are lines in Vietnamese."""

    def __init__(self, *problems):
        super().__init__("\n".join(problems))
        self.problems = problems


# What argparse says, and what it means.
ARGUMENT_WORDS = [
    (r"the following arguments are required: (.*)", r"thiếu \1"),
    (r"unrecognized arguments: (.*)", r"không có tham số \1"),
    (r"invalid choice: (.*) \(choose from (.*)\)", r"không có giá trị \1; chọn trong \2"),
    (r"expected at least one argument", "cần ít nhất một giá trị"),
    (r"expected one argument", "cần một giá trị"),
    (r"invalid int value: (.*)", r"\1 không phải là số nguyên"),
    (r"^argument ", "tham số "),
]


def iso_day(text):
    """The type of arguments that are dates, yyyy-mm-dd, in the years that pages take too."""
    try:
        day = parse_iso(text)
    except ValueError as fault:
        raise ArgumentTypeError(str(fault)) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ArgumentTypeError(f"năm {day.year} nằm ngoài {FIRST_YEAR}–{LAST_YEAR}.")
    return day


class VietnameseParser(CommandParser):
    """Says what is wrong with the arguments in one Vietnamese line, exit status 2."""

    def error(self, message):
        for pattern, words in ARGUMENT_WORDS:
            message = re.sub(pattern, words, message)
        if self.called_from_command_line:
            sys.stderr.write(f"Tham số chưa đúng: {message}\n")
            raise SystemExit(NOTHING_DONE)
        raise CommandError(f"Tham số chưa đúng: {message}")


class PortalCommand(BaseCommand):
    """A command of the contract: `run(**options)` returns an exit status, `Refused` ends with 2."""

    requires_system_checks = []

    def create_parser(self, prog_name, subcommand, **kwargs):
        parser = VietnameseParser(
            prog=f"{prog_name.rsplit('/', 1)[-1]} {subcommand}",
            description=self.help or None,
            called_from_command_line=self._called_from_command_line,
            **kwargs,
        )
        self.add_base_argument(parser, "--version", action="version", version=self.get_version())
        for name, options in BASE_ARGUMENTS:
            self.add_base_argument(parser, name, **options)
        self.add_arguments(parser)
        return parser

    def handle(self, *args, **options):
        try:
            status = self.run(**options)
        except Refused as refusal:
            self.complain(*refusal.problems)
            status = NOTHING_DONE
        except DatabaseError as fault:
            reason = str(fault).strip().split("\n")[0]
            self.complain(f"Cơ sở dữ liệu báo lỗi: {reason}. Kiểm tra DATABASE_URL, chạy migrate.")
            status = NOTHING_DONE
        if status:
            raise SystemExit(status)

    def run(self, **options):
        """Do the work and return 0, 1 or 2."""
        raise NotImplementedError

    def complain(self, *lines):
        """One line a problem on standard error."""
        for line in lines:
            self.stderr.write(line)

    def answer(self, document):
        """One JSON document on one line of standard output."""
        self.stdout.write(json.dumps(document, ensure_ascii=False, default=str))


BASE_ARGUMENTS = [
    ("--settings", {"help": "Mô-đun cấu hình."}),
    ("--pythonpath", {"help": "Thư mục thêm vào đường dẫn Python."}),
    ("--traceback", {"action": "store_true", "help": "In dấu vết khi có lỗi."}),
    ("--no-color", {"action": "store_true", "help": "Không tô màu."}),
    ("--force-color", {"action": "store_true", "help": "Luôn tô màu."}),
    ("--skip-checks", {"action": "store_true", "help": "Bỏ qua kiểm tra hệ thống."}),
    ("-v", {"dest": "verbosity", "default": 1, "type": int, "choices": [0, 1, 2, 3]}),
]
