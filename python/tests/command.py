"""The command `sayso`, as tests ask it."""

import subprocess
from shutil import which

import pytest


def sayso(*arguments):
    program = which("sayso")
    if program is None:
        pytest.skip("the command is not on the path")
    done = subprocess.run([program, *map(str, arguments), "--model", "rules", "-q"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout
