#!/usr/bin/env bash
# A good guess: a server that checks passwords with 19 MiB of argon2 needs less memory than one that takes 46 MiB, of two
# choices that OWASP's Password Storage Cheat Sheet calls equally strong.
#
# What happens: for a moment it does. Afterwards each thread that has checked a password keeps its 19 MiB for good, and a
# server of four threads holds 77 MiB more than the one with 46 MiB, which holds nothing. The C library of GNU maps a large
# block apart and gives it back at once; but when it has freed one, it takes blocks of that size from the thread's own heap
# from then on, up to 32 MiB, and keeps the heap. Above 32 MiB it never learns to. It looks like a leak of the program.
#
# Version: argon2-cffi 25.1.0, argon2-cffi-bindings 26.2.0, glibc 2.36 (other C libraries: not tried; the script says so).
# Source: mallopt(3), M_MMAP_THRESHOLD: adjusted by itself, DEFAULT_MMAP_THRESHOLD_MAX is 32 MiB on 64 bits.
# Why it matters here: web processes have four threads, and their memory is to be flat. So passwords take 46 MiB and one pass.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check \
  argon2-cffi==25.1.0 argon2-cffi-bindings==26.2.0 psutil==7.2.2

cat > try.py <<'PYTHON'
import platform
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version

import psutil
from argon2 import PasswordHasher

libc, its_version = platform.libc_ver()
print(f"argon2-cffi {version('argon2-cffi')}, {libc or 'another C library'} {its_version}")
if libc != "glibc":
    sys.exit("This is of the C library of GNU: it cannot be shown here")


def kept(memory: int, passes: int) -> float:
    """MiB that the process holds more once four threads have checked passwords."""
    hasher = PasswordHasher(memory_cost=memory * 1024, time_cost=passes, parallelism=1)
    made = hasher.hash("a word of nobody")
    before = psutil.Process().memory_full_info().uss
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: hasher.verify(made, "a word of nobody"), range(24)))
        return (psutil.Process().memory_full_info().uss - before) / 2**20


large, small = kept(46, 1), kept(19, 2)  # in this order: what is once learned stays
print(f"46 MiB and one pass: {large:.0f} MiB are kept. 19 MiB and two passes: {small:.0f} MiB.")
if not large < 10 < 40 < small:
    sys.exit("no longer so")
print("So: with less memory for a password, a process of several threads keeps more.")
PYTHON
venv/bin/python try.py
