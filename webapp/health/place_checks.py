"""Whether things are kept where they last: on a disk of this machine, each apart from the others, closed to others."""

import os
import resource
from collections.abc import Iterator
from pathlib import Path

from webapp.config.settings import ROOT
from webapp.db import driver
from webapp.health.disk_checks import ABOUT, folders, nearest
from webapp.health.finding import Finding, Patient, fault, fine, notice

MOUNTS = Path("/proc/self/mountinfo")  # Linux; elsewhere nothing is known of it
GONE_AT_RESTART = {"tmpfs": "in memory", "ramfs": "in memory", "overlay": "inside the container"}
OF_ANOTHER_MACHINE = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "fuse.glusterfs", "ceph"}
OTHERS_READ, OTHERS_ENTER = 0o004, 0o001
LEAST_OPEN = 1_024  # files and connections of one process: a web process at work has some two hundred


def lasting(at: Patient) -> Iterator[Finding]:
    """Whether a restart takes something away, and whether SQLite's locks hold where its file is."""
    for name, folder in folders(at).items():
        kind = _kind_of(nearest(folder))
        if where := GONE_AT_RESTART.get(kind):
            todo = "Move it to a disk that stays: a folder of this machine, or a volume."
            say = fault if name == "database" and not at.settings.demo else notice
            yield say(ABOUT, f"The folder for {name}, {folder}, is {where}: a restart empties it.", todo)
        elif kind in OF_ANOTHER_MACHINE and name == "database":
            todo = "Keep it on a disk of this machine, or use PostgreSQL: locks do not hold over a network."
            yield fault(ABOUT, f"The SQLite file is on another machine ({kind}), where it can be damaged.", todo)


def _kind_of(place: Path) -> str:
    """The kind of file system that `place` is on; empty where nobody says it."""
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    found = (line.partition(" - ") for line in lines)
    kinds = {Path(before.split()[4].replace("\\040", " ")): after.split()[0] for before, _, after in found}
    return next((kinds[there] for there in (place.resolve(), *place.resolve().parents) if there in kinds), "")


def apart(at: Patient) -> Iterator[Finding]:
    """Whether what the program writes is inside what people write, and whether a folder is one."""
    content = at.settings.content_dir
    for name, folder in folders(at).items():
        if folder.exists() and not folder.is_dir():
            yield fault(ABOUT, f"{folder}, for {name}, is a file and no folder.", "Name a folder in the settings.")
        elif not folder.exists() and not os.access(nearest(folder), os.W_OK):
            todo = "Make it, and give it to the user of the site."
            yield fault(ABOUT, f"The folder for {name}, {folder}, is not there, and cannot be made.", todo)
        if folder == content or content in folder.parents:
            todo = "Name a folder outside of SIGNPOST_CONTENT_DIR: all that is in it is read as content."
            yield fault(ABOUT, f"The folder for {name}, {folder}, is inside that of the content.", todo)
    if at.settings.content_remote is None and not any(content.rglob("*.md")):
        todo = "Name the folder with your pages in SIGNPOST_CONTENT_DIR. What was compiled before is served meanwhile."
        yield fault("Content", f"No page is in {content}, so nothing can be compiled.", todo)


def closed(at: Patient) -> Iterator[Finding]:
    """Whether other users of this machine can read what is about people, or the secrets."""
    private = [("the settings", path) for path in sorted({Path.cwd() / ".env", ROOT / ".env"})]
    if driver.is_sqlite(at.engine.url):
        private.append(("the database", Path(str(at.engine.url.database))))
    for what, path in private:
        if path.is_file() and path.stat().st_mode & OTHERS_READ and _others_come_to(path.absolute()):
            yield notice(ABOUT, f"Others on this machine can read {what}, {path}.", f"Run `chmod o= {path}`.")


def _others_come_to(path: Path) -> bool:
    return all(folder.stat().st_mode & OTHERS_ENTER for folder in path.parents)


def open_files(at: Patient) -> Iterator[Finding]:
    """How many files and connections a process may have open at once."""
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if allowed < LEAST_OPEN:
        todo = "Allow more: LimitNOFILE= of the service, or `ulimit -n`. The site's processes may have other limits."
        yield notice("Open files", f"A process may have only {allowed:,} files and connections open.", todo)
    else:
        yield fine("Open files", f"A process may have {allowed:,} files and connections open.")
