"""How much of a file is read; each limit is named in the message of the refusal."""

FILE_BYTES = 50 << 20
UNPACKED_BYTES = 256 << 20
# The largest ratio among real workbooks is 69.
RATIO = 250
RATIO_FROM_BYTES = 16 << 20
MEMBERS = 3000
SHEETS = 300
ROWS = 300_000
COLUMNS = 600
CELLS = 6_000_000
# Excel's own limit of a cell's text.
TEXT = 32_767
MEMORY_BYTES = 800 << 20
CPU_SECONDS = 40
# A busy machine may take long over what costs little processor time.
WALL_SECONDS = 150
