"""Whether the web process on this machine answers, for whatever watches over it. Standard library only.

python alive.py [ADDRESS]. Ends with 1 where it does not. The address is that of /healthz, which asks nothing of the
database: a site whose database is away is not mended by a restart. With /readyz it says whether pages can be served.
"""

import http.client
import os
import sys
from urllib.parse import urlsplit

SECONDS = 4
ADDRESS = "http://127.0.0.1:8000/healthz"


def main() -> int:
    address = sys.argv[1] if len(sys.argv) > 1 else ADDRESS
    # The site answers to its own names alone. What comes over no network needs no https.
    name = os.environ.get("SIGNPOST_TRUSTED_HOSTS", "127.0.0.1").split(",")[0].strip().lstrip(".")
    at = urlsplit(address)
    connection = http.client.HTTPConnection(at.hostname or "", at.port or 80, timeout=SECONDS)
    try:
        connection.request("GET", at.path, headers={"Host": name})
        return 0 if connection.getresponse().status == 200 else 1
    except (OSError, http.client.HTTPException) as why:
        print(f"{address} does not answer: {why}", file=sys.stderr)
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
