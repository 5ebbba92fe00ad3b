"""What a feature raises where it will not do what somebody asked. The view shows the message and changes nothing."""


class Refused(Exception):
    """It cannot be done, or not any more. The message says why, to the person who tried."""


class Stale(Exception):
    """Somebody else changed the row since the page was opened."""
