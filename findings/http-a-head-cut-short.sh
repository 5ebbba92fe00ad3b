#!/usr/bin/env bash
# A good guess: a connection that ends in the middle of an answer is an error for whoever reads it. Cut in its body, it is:
# urllib3 counts the bytes against Content-Length and raises.
#
# What happens: cut in its head, before the empty line and before Content-Length came, the answer is a whole one. Its status
# is 200, its headers are those that came, its body is empty, and nothing is raised.
#
# Version: urllib3 2.8.0 with the http.client of Python 3.11.
# Source: http.client's _read_headers, which stops at an empty line and at the end of what comes; RFC 9112, section 8, has
# a message whose head is not complete taken for incomplete.
# Why it matters here: whoever reads a feed, or ends a connection because its time is up, must not take this for an empty
# list. A reading asks its own clock once more when an answer seems whole, and takes nothing that is no JSON for a page.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check urllib3==2.8.0

cat > try.py <<'PYTHON'
import socket
import sys
import threading
from importlib.metadata import version

import urllib3

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
BODY = HEAD + b"Content-Length: 20\r\n\r\n" + b'{"total_i'


def answered(sent: bytes) -> str:
    """What urllib3 makes of a server that sends `sent` and ends the connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(sent)

        threading.Thread(target=serve, daemon=True).start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/services"
        try:
            answer = urllib3.PoolManager(retries=False).request("GET", address)
        except urllib3.exceptions.HTTPError as error:
            return type(error).__name__
        return f"status {answer.status}, {len(answer.data)} bytes, no error"


print(f"urllib3 {version('urllib3')}")
seen = {"cut in its body": answered(BODY), "cut in its head": answered(HEAD)}
for where, what in seen.items():
    print(f"{where}: {what}")
if list(seen.values()) != ["ProtocolError", "status 200, 0 bytes, no error"]:
    sys.exit("no longer so")
print("So: half a head is a whole answer without a body.")
PYTHON
venv/bin/python try.py
