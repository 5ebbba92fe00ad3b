"""The scanner Wapiti on the demonstration, signed in as each role and signed out: `make scan`, or

    python -m benchmarks.attacks.wapiti --program .venv-scan/bin/wapiti [--roles admin] [--seconds 60]

It comes from requirements/scan.txt into a place of its own. First it must find each fault of benchmarks.attacks.planted
and nothing else there. It stays on this machine: what it would ask of the internet is left out. Prints what it found;
status 1 where that is anything, 2 where the scanner has proved nothing.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.attacks import planted
from benchmarks.attacks.site import Target, cookies_of, demonstration, signed_in
from benchmarks.attacks.walking import kind_of, walk
from tests.support.chromium import EMAILS

TRIES = 3
PROGRAM = Path(".venv-scan/bin/wapiti")
MODULES = "xss,permanentxss,redirect,sql,timesql,file,exec,crlf,methods,htaccess,backup,http_headers,csp,csrf,upload"
# What stands in our forms for the site itself, and what a scanner's one signed-in browser would throw itself out by.
LEFT_ALONE = ("csrf_token", "form_id", "version")
OURS_TO_JUDGE = {
    # The form is guarded by Sec-Fetch-Site, Origin and a token, which tests/frame/test_security.py tries; Wapiti takes
    # a token that is the same on two pages for none.
    "Cross Site Request Forgery",
}


@dataclass(frozen=True)
class Finding:
    kind: str
    path: str
    said: str

    def __str__(self) -> str:
        return f"{self.kind} at {self.path}: {self.said}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attacks.wapiti")
    parser.add_argument("--program", type=Path, default=PROGRAM, help="where wapiti is")
    parser.add_argument("--roles", nargs="*", default=[*EMAILS, "nobody"], help="as whom; `nobody` is signed out")
    parser.add_argument("--seconds", type=int, default=30, help="at most, for each of its modules")
    given = parser.parse_args()
    if not given.program.exists():
        print(f"{given.program} is not there: `make scan` installs it.", file=sys.stderr)
        return 2
    if not proved(given.program):
        return 2
    found, done = list[Finding](), set[str]()  # what one role's scan has seen, the next leaves out
    with demonstration() as target:
        for role in given.roles:
            began, before = time.monotonic(), len(target.failed)
            person = signed_in(target, None if role == "nobody" else role)
            begin = [address for address in walk(person, of_each=1, most=300) if kind_of(person, address) not in done]
            done |= {kind_of(person, address) for address in begin}
            here = scan(given.program, target, begin, cookies_of(person), given.seconds)
            here += [Finding("an error of ours", said.split("?")[0], said) for said in target.failed[before:]]
            here = list(dict.fromkeys(here))
            print(f"{role}: {len(begin)} addresses, {time.monotonic() - began:.0f} s, {len(here)} found", flush=True)
            print("".join(f"  {finding}\n" for finding in here), end="", flush=True)
            found += here
    return 1 if found else 0


def proved(program: Path) -> bool:
    """Whether the scanner finds what was planted, and that alone."""
    target = Target(planted.site())
    try:
        whole = scan(program, target, ["/", *planted.FAULTS, *planted.SOUND], {}, 60)
        found = {finding.path for finding in whole}
    finally:
        target.close()
    missed, wrong = set(planted.FAULTS) - found, found & set(planted.SOUND)
    print(f"planted: {len(found & set(planted.FAULTS))} of {len(planted.FAULTS)} found", flush=True)
    for said, paths in (("not found", missed), ("found where nothing is wrong", wrong)):
        if paths:
            print(f"the scanner proves nothing: {said}: {', '.join(sorted(paths))}", file=sys.stderr)
    return not missed and not wrong


def scan(
    program: Path, target: Target, begin: Iterable[str], cookies: Mapping[str, str], seconds: int
) -> list[Finding]:
    """What Wapiti finds on `target`, from the addresses `begin` on and their forms, with `cookies`."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        asked = [
            *(program, "--url", f"{target.url}/", "--scope", "folder", "--depth", "1", "--flush-session"),
            *("--module", MODULES, "--level", "2", "--max-attack-time", str(seconds), "--max-scan-time", "3000"),
            *("--max-links-per-page", "1", "--tasks", "2", "--timeout", "20", "--verify-ssl", "0"),
            *("--endpoint", target.url, "--dns-endpoint", "localhost"),  # what it would use on the internet
            *("--no-bugreport", "--store-session", folder, "--store-config", folder, "--drop-set-cookie"),
            *("--format", "json", "--output", str(report), "--verbose", "0"),
            *(word for address in begin for word in ("--start", target.url + address)),
            *(word for name in LEFT_ALONE for word in ("--skip", name)),
            *(word for path in ("/sign-out*", "/account/sign-ins/*") for word in ("--exclude", target.url + path)),
        ]
        if cookies:
            asked += ["--cookie-value", "; ".join(f"{name}={value}" for name, value in cookies.items())]
        for _ in range(TRIES):  # now and then it locks itself out of its own notes
            done = subprocess.run(asked, capture_output=True, text=True, timeout=4000)
            if report.exists():
                break
        else:
            raise SystemExit(f"wapiti wrote no report:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
        told = json.loads(report.read_text())
    kinds = {**told["vulnerabilities"], **told["anomalies"]}
    return [
        Finding(kind, one["path"], f"{one['method']} {one.get('parameter') or ''} {one['info']}"[:300])
        for kind, ones in kinds.items()
        for one in ones
        if kind not in OURS_TO_JUDGE
    ]


if __name__ == "__main__":
    sys.exit(main())
