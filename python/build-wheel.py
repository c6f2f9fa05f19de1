#!/usr/bin/env python3
"""Builds the wheel that is published: the package, and the command `sayso` beside it.

    python3 python/build-wheel.py [FOLDER]        # FOLDER: where the wheel goes; default `dist`

It takes Rust and `pip install maturin`. The program has object storage (the feature `objects`), and is built with the profile `dist` (SAYSO_PROFILE=release for a quick one).
maturin names the oldest manylinux that the machine's C library allows: build in a manylinux container for old systems.
"""

import base64
import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(*command):
    print("+", *command, file=sys.stderr)
    subprocess.run(command, cwd=ROOT, check=True)


def with_command(wheel: Path, program: Path) -> None:
    """Puts a program into a wheel, as a script that pip installs."""
    stem = "-".join(wheel.name.split("-")[:2])
    name = f"{stem}.data/scripts/{program.name}"
    record = f"{stem}.dist-info/RECORD"
    data = program.read_bytes()
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    whole = wheel.with_suffix(".part")
    with zipfile.ZipFile(wheel) as old, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename == record:
                content = f"{name},sha256={digest},{len(data)}\n".encode() + content
            new.writestr(item, content, zipfile.ZIP_DEFLATED)
        entry = zipfile.ZipInfo(name)
        entry.external_attr = 0o100755 << 16
        new.writestr(entry, data, zipfile.ZIP_DEFLATED)
    whole.replace(wheel)


def main() -> None:
    out = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "dist").resolve()
    profile = os.environ.get("SAYSO_PROFILE", "dist")
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    run("cargo", "build", "--locked", "--profile", profile, "--features", "objects")
    out.mkdir(parents=True, exist_ok=True)
    before = set(out.glob("*.whl"))
    run(sys.executable, "-m", "maturin", "build", "--release", "--locked", "--out", str(out))
    built = set(out.glob("*.whl")) - before or before
    for wheel in built:
        with_command(wheel, target / profile / "sayso")
        print(wheel)


if __name__ == "__main__":
    main()
