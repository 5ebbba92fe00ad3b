"""gunicorn reads this before it starts a worker: a wrong setting stops the start once, with one sentence.

Left to the workers, each would stop, and gunicorn would start another, for ever.
"""

import sys

from webapp.config import SettingsError, load

try:
    load()
except SettingsError as fault:
    sys.exit(str(fault))

# Nothing steers a running server from outside, so no socket is left in somebody's home folder.
control_socket_disable = True
