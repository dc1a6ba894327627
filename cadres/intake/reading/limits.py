"""How much of a file is read; each limit is named in the message of the refusal."""

FILE_BYTES = 50 << 20
UNPACKED_BYTES = 256 << 20
# The largest ratio among real workbooks is 69.
RATIO = 250
RATIO_FROM_BYTES = 16 << 20
MEMBERS = 3000
SHEETS = 300
# Tables in one sheet; each is read with what stands above it.
TABLES = 1500
ROWS = 300_000
COLUMNS = 600
CELLS = 6_000_000
# Excel's own limit of a cell's text.
TEXT = 32_767
# What the child hands over: one long text may be meant by a million cells.
ANSWER = 32 << 20
ANSWER_PER_CELL = 150
ANSWER_BYTES = 1 << 30
MEMORY_BYTES = 800 << 20
CPU_SECONDS = 40
# A busy machine may take long over what costs little processor time.
WALL_SECONDS = 150
