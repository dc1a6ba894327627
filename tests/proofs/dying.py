"""manage.py for a proof: the same commands, told to stop at a place or to say where they are.

    python -m tests.proofs.dying PLACE import_roster …

The command `tables` makes all tables without migrations, which is quicker.
PLACE: `begin` says a line on standard error when writing begins and goes on; a number kills the
process before that statement of the writing; `committed` kills it right after the commit.
"""

import os
import signal
import sys

from django.core.management import execute_from_command_line


def die():
    os.kill(os.getpid(), signal.SIGKILL)


class DieAt:
    """An execute wrapper that kills the process before its n-th statement."""

    def __init__(self, number):
        self.left = number

    def __call__(self, execute, sql, params, many, context):
        self.left -= 1
        if self.left < 0:
            die()
        return execute(sql, params, many, context)


def watch(place):
    """Do what `place` says at each transaction that takes the turn of imports."""
    from django.db import connection, transaction

    from cadres.intake import applying

    take_turn = applying.take_turn

    def taking_turn():
        take_turn()
        sys.stderr.write("begin\n")
        sys.stderr.flush()
        if place == "committed":
            transaction.on_commit(die)
        elif place.isdigit():
            connection.execute_wrappers.append(DieAt(int(place)))

    applying.take_turn = taking_turn


def make_tables():
    from trainingplans.lib.fresh import build_tables

    build_tables()


def main():
    import django

    django.setup()
    watch(sys.argv[1])
    for command in commands_of(sys.argv[2:]):
        if command == ["tables"]:
            make_tables()
        else:
            execute_from_command_line(["manage.py", *command])


def commands_of(words):
    """The commands of a line; `+` stands between them."""
    commands = [[]]
    for word in words:
        if word == "+":
            commands.append([])
        else:
            commands[-1].append(word)
    return commands


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trainingplans.settings")
    main()
