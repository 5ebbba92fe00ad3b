"""Every table that can be taken out, by its name."""

from webapp.data.tables import barriers, demand, gap_events, gap_supports, gaps, listings, prototypes, terms

TABLES = {
    table.name: table
    for table in (
        gaps.TABLE, gaps.AUDIENCES, gap_supports.TABLE, gap_events.TABLE, prototypes.TABLE, prototypes.GAPS,
        barriers.TABLE, demand.TABLE, listings.TABLE, listings.OF_LISTINGS, terms.TABLE,
    )
}  # fmt: skip
