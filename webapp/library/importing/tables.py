"""Tables of HTML as tables of Markdown: a caption, headings by column and by row, a foot, cells that span."""

import re
from collections.abc import Callable, Iterator

from webapp.library.importing.elements import Element
from webapp.library.importing.lines import MARK

WIDEST = 60  # columns; what is said beyond them stands in the last
SPAN = 60

Words = Callable[[Element], str]  # what the cell holds, as Markdown on one line


def unwrap_layout(root: Element) -> None:
    """Make plain blocks of tables that only place things: round another table, or with one cell a row."""
    for table in list(root.every("table")):
        rows = rows_of(table)
        own = [cell for row in rows for cell in cells_of(row)]
        if any(cell.name == "th" for cell in own) or table.own("caption"):
            continue
        single = all(len(cells_of(row)) < 2 for row in rows)
        if single or any(table.every("table")) or table.get("role") in {"presentation", "none"}:
            for part in (*own, *rows, *table.own("thead", "tbody", "tfoot"), table):
                part.name = "div"


def rows_of(table: Element) -> list[Element]:
    """The rows of `table` itself: those of its head, its bodies, its foot, wherever in the markup these stand."""
    head, body, foot = list[Element](), list[Element](), list[Element]()
    for part in table.own("thead", "tbody", "tfoot", "tr"):
        rows = [part] if part.name == "tr" else part.own("tr")
        (head if part.name == "thead" else foot if part.name == "tfoot" else body).extend(rows)
    return [*head, *body, *foot]


def cells_of(row: Element) -> list[Element]:
    return row.own("td", "th")


def markdown_table(table: Element, words: Words) -> str:
    """The lines of `table`, each with MARK before it; its caption, in bold, above. Empty where it holds nothing."""
    rows = [cells for row in rows_of(table) if (cells := cells_of(row))]
    caption = next(iter(table.own("caption")), None)
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
    above = f"{_bold(title)}\n\n" if caption and (title := words(caption)) else ""
    lines = [_line(head), _line(["---"] * len(kept)), *map(_line, body)]
    return above + "\n".join(lines)


def inner_table(table: Element, words: Words) -> list[str]:
    """A table inside a cell, a row each: `Monday: 10 to 12`."""
    rows = ([words(cell) for cell in cells_of(row)] for row in rows_of(table))
    return [
        ": ".join(filled) if len(filled) < 3 else ", ".join(filled) for row in rows if (filled := [*filter(None, row)])
    ]


def _heads(rows: list[list[Element]]) -> int:
    """How many of the first rows name the columns. Without any, the headings stand at the left."""
    count = 0
    for cells in rows:
        row = cells[0].parent
        head = row is not None and row.parent is not None and row.parent.name == "thead"
        named = all(cell.name == "th" for cell in cells) or (
            # a corner without words, then the names of the columns
            count == 0 and len(cells) > 1 and not cells[0].text().strip() and all(c.name == "th" for c in cells[1:])
        )
        bold = count == 0 and len(rows) > 1 and all(_is_bold(cell) for cell in cells) and not _all_bold(rows[1:])
        if not (head or named or bold):
            break
        count += 1
    return count if count < len(rows) or len(rows) == 1 else 1


def _is_bold(cell: Element) -> bool:
    """Whether all of its words are bold: how editors without a button for headings make one."""
    text = "".join(cell.text().split())
    bold = "".join(part.text() for part in cell.every("b", "strong") if not _is_in_bold(part))
    return bool(text) and text == "".join(bold.split())


def _is_in_bold(part: Element) -> bool:
    above = part.parent
    return above is not None and (above.name in {"b", "strong"} or _is_in_bold(above))


def _all_bold(rows: list[list[Element]]) -> bool:
    return all(_is_bold(cell) for cells in rows for cell in cells)


def _grid(rows: list[list[Element]], words: Words) -> Iterator[list[str]]:
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
                left, text = hanging.pop(len(row))
                if left > 1:
                    hanging[len(row)] = left - 1, text
                row.append(text)
                continue
            cell = todo.pop(0)
            text, across, down = words(cell), _span(cell, "colspan"), _span(cell, "rowspan")
            whole = across > 1 and across >= width  # a heading across the table is said once
            for number in range(across):
                if down > 1:
                    hanging[len(row)] = down - 1, text
                row.append("" if whole and number else _bold(text) if whole else text)
        yield row


def _span(cell: Element, name: str) -> int:
    given = cell.get(name) or ""
    return min(int(given), SPAN) if re.fullmatch(r"[1-9]\d{0,3}", given) else 1


def _header(heads: list[list[str]], width: int) -> list[str]:
    """One row of several: `Morning` above `From` and `To` is `Morning: From` and `Morning: To`."""
    plain = [[_unbold(cell) for cell in row] for row in heads]
    for row in plain:
        if len([cell for cell in row if cell]) == 1 and len(plain) > 1 and row[0]:  # said once, above all
            row[1:] = [""] * (len(row) - 1)
    return [": ".join(dict.fromkeys(row[n] for row in plain if row[n])) for n in range(width)]


def _bold(text: str) -> str:
    return f"**{plain}**" if (plain := _unbold(text)) else ""


def _unbold(text: str) -> str:
    return text.replace("**", "").strip()


def _line(cells: list[str]) -> str:
    return f"{MARK}| {' | '.join(cells)} |"
