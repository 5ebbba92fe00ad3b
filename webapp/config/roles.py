"""What somebody may be here."""

ROLES = ("practitioner", "facilitator", "commissioner", "editor", "admin")
# What follows from an assignment, for as long as it lasts: never given as a role, and never in `people_roles`.
ASSIGNED = ("lead", "convener")
