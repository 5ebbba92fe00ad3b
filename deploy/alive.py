"""Whether the web process on this machine answers, for whatever watches over it. Standard library only.

python alive.py [ADDRESS]. Ends with 1 where it does not. The address is that of /healthz, which asks nothing of the
database: a site whose database is away is not mended by a restart. With /readyz it says whether pages can be served.
"""

import os
import sys
import urllib.error
import urllib.request

SECONDS = 4
ADDRESS = "http://127.0.0.1:8000/healthz"


def main() -> int:
    address = sys.argv[1] if len(sys.argv) > 1 else ADDRESS
    # The site answers to its own names alone. What comes over no network needs no https.
    name = os.environ.get("SIGNPOST_TRUSTED_HOSTS", "127.0.0.1").split(",")[0].strip().lstrip(".")
    asked = urllib.request.Request(address, headers={"Host": name, "User-Agent": "alive"})
    try:
        with urllib.request.urlopen(asked, timeout=SECONDS) as answer:
            return 0 if answer.status == 200 else 1
    except (OSError, urllib.error.URLError) as why:
        print(f"{address} does not answer: {why}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
