"""Tables of HTML as tables of Markdown: a caption, headings by column and by row, a foot, cells that span."""

import re
from collections.abc import Callable, Iterator

from bs4 import Tag

from webapp.library.importing.lines import MARK

WIDEST = 60  # columns; what is said beyond them stands in the last
SPAN = 60

Words = Callable[[Tag], str]  # what the cell holds, as Markdown on one line


def unwrap_layout(soup: Tag) -> None:
    """Make plain blocks of tables that only place things: round another table, or with one cell a row."""
    for table in soup.find_all("table"):
        own = [cell for row in rows_of(table) for cell in cells_of(row)]
        if any(cell.name == "th" for cell in own) or table.find("caption", recursive=False):
            continue
        single = all(len(cells_of(row)) < 2 for row in rows_of(table))
        if single or table.find("table") or table.get("role") in {"presentation", "none"}:
            for part in [*own, *rows_of(table), *table.find_all(["thead", "tbody", "tfoot"], recursive=False), table]:
                part.name = "div"


def rows_of(table: Tag) -> list[Tag]:
    """The rows of `table` itself: those of its head, its bodies, its foot, wherever in the markup these stand."""
    head, body, foot = list[Tag](), list[Tag](), list[Tag]()
    for part in table.find_all(["thead", "tbody", "tfoot", "tr"], recursive=False):
        rows = [part] if part.name == "tr" else part.find_all("tr", recursive=False)
        (head if part.name == "thead" else foot if part.name == "tfoot" else body).extend(rows)
    return [*head, *body, *foot]


def cells_of(row: Tag) -> list[Tag]:
    return list(row.find_all(["td", "th"], recursive=False))


def markdown_table(table: Tag, words: Words) -> str:
    """The lines of `table`, each with MARK before it; its caption, in bold, above. Empty where it holds nothing."""
    rows = [cells for row in rows_of(table) if (cells := cells_of(row))]
    caption = table.find("caption", recursive=False)
    if caption is None and len(rows) > 1 and len(rows[0]) == 1 and _span(rows[0][0], "colspan") > 1:
        (caption,) = rows.pop(0)  # one cell across the whole table, above all others
    heads = _heads(rows)
    grid = list(_grid(rows, words))
    width = max(map(len, grid), default=0)
    grid = [[*row, *[""] * (width - len(row))] for row in grid]
    head, body = _header(grid[:heads], width), grid[heads:]
    kept = [n for n in range(width) if head[n] or any(row[n] for row in body)]
    body = [[row[n] for n in kept] for row in body if any(row)]
    head = [head[n] for n in kept]
    if not kept:
        return ""
    by_row = not any(head) or all(cells[0].name == "th" for cells in rows[heads:])
    if by_row:  # headings of rows are bold; above them the first cell may be empty
        body = [[_bold(row[0]), *row[1:]] for row in body]
    above = f"{_bold(said)}\n\n" if isinstance(caption, Tag) and (said := words(caption)) else ""
    lines = [_line(head), _line(["---"] * len(kept)), *map(_line, body)]
    return above + "\n".join(lines)


def inner_table(table: Tag, words: Words) -> list[str]:
    """A table inside a cell, a row each: `Monday: 10 to 12`."""
    rows = ([words(cell) for cell in cells_of(row)] for row in rows_of(table))
    return [
        ": ".join(filled) if len(filled) < 3 else ", ".join(filled) for row in rows if (filled := [*filter(None, row)])
    ]


def _heads(rows: list[list[Tag]]) -> int:
    """How many of the first rows name the columns. Without any, the headings stand at the left."""
    count = 0
    for cells in rows:
        head = isinstance(cells[0].parent, Tag) and getattr(cells[0].parent.parent, "name", "") == "thead"
        named = all(cell.name == "th" for cell in cells) or (
            # a corner without words, then the names of the columns
            count == 0
            and len(cells) > 1
            and not cells[0].get_text(strip=True)
            and all(c.name == "th" for c in cells[1:])
        )
        bold = count == 0 and len(rows) > 1 and all(_is_bold(cell) for cell in cells) and not _all_bold(rows[1:])
        if not (head or named or bold):
            break
        count += 1
    return count if count < len(rows) or len(rows) == 1 else 1


def _is_bold(cell: Tag) -> bool:
    """Whether all of its words are bold: how editors without a button for headings make one."""
    said = cell.get_text(strip=True)
    return bool(said) and said == "".join(part.get_text(strip=True) for part in cell.find_all(["b", "strong"]))


def _all_bold(rows: list[list[Tag]]) -> bool:
    return all(_is_bold(cell) for cells in rows for cell in cells)


def _grid(rows: list[list[Tag]], words: Words) -> Iterator[list[str]]:
    """The words of each cell in each column and row it spans."""
    hanging: dict[int, tuple[int, str]] = {}
    for cells in rows:
        row: list[str] = []
        width = sum(_span(cell, "colspan") for cell in cells) + len(hanging)
        todo = list(cells)
        while todo or len(row) in hanging:
            if len(row) >= WIDEST:
                row[-1] = "; ".join(filter(None, [row[-1], *map(words, todo)]))
                break
            if len(row) in hanging:
                left, said = hanging.pop(len(row))
                if left > 1:
                    hanging[len(row)] = left - 1, said
                row.append(said)
                continue
            cell = todo.pop(0)
            said, across, down = words(cell), _span(cell, "colspan"), _span(cell, "rowspan")
            whole = across > 1 and across >= width  # a heading across the table is said once
            for number in range(across):
                if down > 1:
                    hanging[len(row)] = down - 1, said
                row.append("" if whole and number else _bold(said) if whole else said)
        yield row


def _span(cell: Tag, name: str) -> int:
    given = str(cell.get(name) or "")
    return min(int(given), SPAN) if re.fullmatch(r"[1-9]\d{0,3}", given) else 1


def _header(heads: list[list[str]], width: int) -> list[str]:
    """One row of several: `Morning` above `From` and `To` is `Morning: From` and `Morning: To`."""
    plain = [[_unbold(cell) for cell in row] for row in heads]
    for row in plain:
        if len([cell for cell in row if cell]) == 1 and len(plain) > 1 and row[0]:  # said once, above all
            row[1:] = [""] * (len(row) - 1)
    return [": ".join(dict.fromkeys(row[n] for row in plain if row[n])) for n in range(width)]


def _bold(said: str) -> str:
    return f"**{plain}**" if (plain := _unbold(said)) else ""


def _unbold(said: str) -> str:
    return said.replace("**", "").strip()


def _line(cells: list[str]) -> str:
    return f"{MARK}| {' | '.join(cells)} |"
