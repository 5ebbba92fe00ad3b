"""How soon the triage screen answers with a large log: python -m benchmarks.triage

20,000 gaps with 200,000 events (see benchmarks.gaps), on SQLite and on PostgreSQL: whole pages and parts, in
milliseconds. The exit status is 1 where the 95th per cent of any is over the limit.
"""

import sys
from statistics import median, quantiles

from flask import Flask

from benchmarks import filled, gaps

LIMIT = 120  # milliseconds
LIST = "/commissioning/gaps"
PAGES = (
    ("everything", LIST),
    ("page 300", f"{LIST}?page=300"),
    ("last page", f"{LIST}?page=667"),
    ("open, most people first", f"{LIST}?status=open&sort=people"),
    ("one status, oldest first", f"{LIST}?status=new&sort=oldest"),
    ("by place", f"{LIST}?sort=place"),
    ("by owner, last page", f"{LIST}?sort=-owner&page=667"),
    ("longest waiting", f"{LIST}?sort=waiting&status=open"),
    ("most residents", f"{LIST}?sort=residents"),
    ("planned, soonest first", f"{LIST}?status=in-plan&sort=target"),
    ("one place", f"{LIST}?place=gorton-levenshulme"),
    ("theme and place", f"{LIST}?theme=carers&place=ardwick-longsight&status=open"),
    ("two words", f"{LIST}?q=evening+choir"),
    ("half a word", f"{LIST}?q=ga"),
    ("no answer for 90 days", f"{LIST}?waiting=answer&age=90&sort=oldest"),
    ("gone quiet", f"{LIST}?waiting=news&sort=oldest"),
    ("mine", f"{LIST}?mine=1"),
    ("nobody’s, 5 people or more", f"{LIST}?owner=nobody&supporters=5&status=open"),
    ("a gap open beside the list", f"{LIST}?status=open&gap=GAP-10000"),
    ("one gap, its own page", f"{LIST}/GAP-10000"),
    ("what is planned, for everyone", "/gaps/roadmap"),
)


def main() -> int:
    size = filled.size_asked_for("triage", "The triage screen, measured.")
    return 1 if sum(map(_measure, filled.sites(gaps.fill, size))) else 0


def _measure(app: Flask) -> int:
    """How many screens were over the limit."""
    carol, slow = filled.browser(app, "carol"), 0
    print("| screen | p50 ms | p95 ms | as a part, p95 ms |\n|---|---|---|---|")
    for name, path in PAGES:
        whole, part = filled.times(carol, path), filled.times(carol, path, {"HX-Request": "true"})
        worst = quantiles(whole, n=20)[-1]
        slow += worst > LIMIT
        print(f"| {name} | {median(whole):.0f} | {worst:.0f} | {quantiles(part, n=20)[-1]:.0f} |", flush=True)
    return slow


if __name__ == "__main__":
    sys.exit(main())
