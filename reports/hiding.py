"""Which cells of a table are not shown, so that no group of a few can be worked out from sums."""


def hidden_cells(rows, columns, number, small):
    """The hidden (row, column) of a table with sums; `None` stands for the sum of a line.

    `number(row, column)` tells a cell. Hidden are all from 1 to `small` - 1, then in each line (a
    row or column with its sum) more of the smallest, until what is hidden there could be any of
    several and is not small itself. The sum of all is never hidden to protect another cell.
    A sum that is hidden keeps a part of its own line hidden, else it could be added up again.
    """
    lines = list(_lines(rows, columns))
    numbers = {cell: number(*cell) for cell in {cell for line in lines for cell in line}}
    hidden = {cell for cell, people in numbers.items() if 0 < people < small}
    while more := {cell for line in lines for cell in _more(line, numbers, hidden, small)}:
        hidden |= more
    return hidden


def _lines(rows, columns):
    """Each line of the table: its cells, last the sum of them."""
    across, down = [*columns, None], [*rows, None]
    if columns:
        yield from ([(row, column) for column in across] for row in down)
    yield from ([(row, column) for row in down] for column in across)


def _more(line, numbers, hidden, small):
    """The next cell to hide in a line: none where the hidden ones protect each other."""
    *parts, total = line
    unseen = [cell for cell in parts if cell in hidden]
    if total in hidden:
        enough = bool(unseen)
    else:
        enough = not unseen or (len(unseen) > 1 and sum(map(numbers.get, unseen)) >= small)
    if enough:
        return []
    left = [cell for cell in parts if numbers[cell] and cell not in hidden]
    if left:
        return [min(left, key=numbers.get)]
    return [] if total == (None, None) else [total]
