"""What Signpost is made of, as a CycloneDX bill of materials: every part with its version, hashes and licence.

    python -m tools.bill_of_materials [FILE]     # dist/signpost.cdx.json where none is named

Python parts are those of requirements/run.txt for the machine it runs on; those of the pages are in package-lock.json.
What only builds or tests is left out of the first and marked as excluded in the second. Ends with 1 without a licence.
"""

import base64
import json
import re
import sys
import tomllib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
DEFAULT = ROOT / "dist" / "signpost.cdx.json"
LONGEST_NAME = 40  # of a licence; some put its whole text there
# Parts whose own words name no licence; each was looked up in its source.
LICENCES = {"pysqlite3": "Zlib"}
licence_of = LicenseFactory().make_from_string


def bill() -> Bom:
    """The whole of it. Raises LookupError where a part has no licence."""
    known = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    site = Component(name="signpost", version=_version(), type=ComponentType.APPLICATION, licenses=[licence_of("MIT")])
    python = list(python_parts((ROOT / "requirements" / "run.txt").read_text()))
    parts = [*python, *page_parts(known)]
    if unnamed := [part.name for part in parts if not part.licenses]:
        raise LookupError(f"no licence is known of {', '.join(unnamed)}")
    made = Bom(components=parts)
    made.metadata.component = site
    made.register_dependency(site, parts)
    return made


def python_parts(lock: str) -> Iterable[Component]:
    """What `lock`, in the format of pip, installs on this machine."""
    for pin in re.split(r"^(?=\S)", lock, flags=re.M)[1:]:
        wanted = Requirement(pin.partition(" \\")[0])
        if wanted.marker and not wanted.marker.evaluate():
            continue
        version = str(wanted.specifier).removeprefix("==")
        licence = LICENCES.get(canonicalize_name(wanted.name)) or _licence(metadata.metadata(wanted.name).json)
        yield Component(
            name=wanted.name,
            version=version,
            bom_ref=f"pypi:{wanted.name}@{version}",
            purl=PackageURL("pypi", None, canonicalize_name(wanted.name), version),
            scope=ComponentScope.REQUIRED,
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=found) for found in re.findall(r"sha256:(\w+)", pin)],
            licenses=[licence_of(licence)] if licence else [],
        )


def page_parts(packages: dict[str, dict[str, object]]) -> Iterable[Component]:
    """What the pages are made of and with: `packages` of a package-lock.json. What only builds or tests is excluded."""
    for path, known in packages.items():
        if not path:
            continue
        name, version = path.rpartition("node_modules/")[2], str(known["version"])
        algorithm, _, digest = str(known["integrity"]).partition("-")
        digest = base64.b64decode(digest).hex()
        group, _, plain = name.rpartition("/")
        yield Component(
            name=plain,
            group=group or None,
            version=version,
            bom_ref=f"npm:{path}@{version}",
            purl=PackageURL("npm", group or None, plain, version),
            scope=ComponentScope.EXCLUDED if known.get("dev") else ComponentScope.REQUIRED,
            hashes=[HashType(alg=HashAlgorithm(algorithm.replace("sha", "SHA-")), content=digest)],
            licenses=[licence_of(str(known["license"]))] if known.get("license") else [],
        )


def _licence(said: dict[str, object]) -> str:
    """What a Python part says of itself: an SPDX expression, else a short name, else its classifier."""
    if expression := said.get("license_expression"):
        return str(expression)
    named = str(said.get("license") or "")
    if named and len(named) <= LONGEST_NAME and "\n" not in named:
        return named
    classifiers = said.get("classifier") or []
    assert isinstance(classifiers, list)
    kinds = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License :: OSI Approved ::")]
    return " AND ".join(kinds)


def _version() -> str:
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"])


def main() -> int:
    to = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    try:
        made = bill()
    except LookupError as fault:
        print(f"No bill of materials: {fault}.", file=sys.stderr)
        return 1
    to.parent.mkdir(exist_ok=True)
    to.write_text(JsonV1Dot6(made).output_as_string(indent=2) + "\n")
    print(f"{to}: {len(made.components)} parts, each with its licence")
    return 0


if __name__ == "__main__":
    sys.exit(main())
