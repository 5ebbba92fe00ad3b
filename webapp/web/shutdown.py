"""Whether this process is about to end: `begun` is set some seconds before it takes no more requests.

Meanwhile `/readyz?of=machine` says so, and a proxy sends the next ones elsewhere. Without that, what had reached this
process and was not yet taken up would be cut off.
"""

import threading

SECONDS = 3.0  # a proxy that looks each second and believes the second look has heard by then
begun = threading.Event()
