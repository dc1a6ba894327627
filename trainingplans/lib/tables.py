"""Tables of text for the terminal."""


def table(heading, rows, right=()):
    """Lines with aligned columns under a heading; `right` are the columns of numbers."""
    lines = [[str(cell) for cell in row] for row in [heading, *rows]]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heading))]
    lines.insert(1, ["─" * width for width in widths])
    return "\n".join(_line(line, widths, right) for line in lines)


def _line(cells, widths, right):
    aligned = [
        cell.rjust(width) if column in right else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(aligned).rstrip()
