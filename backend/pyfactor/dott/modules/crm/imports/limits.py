"""How much one import may hold. Each bound keeps memory or time flat against a hostile file."""

MAX_FILE_BYTES = 100 * 1024 * 1024
MAX_ROWS = 250_000
MAX_COLUMNS = 200
# A line without an end would otherwise be read into memory whole.
MAX_LINE_CHARS = 1_000_000
# Each unclosed quote makes the reader look ahead up to csv's field limit before it recovers.
MAX_BROKEN_QUOTES = 1_000

SAMPLE_CHARS = 256 * 1024
SAMPLE_ROWS = 200
SAMPLES_SHOWN = 5
SAMPLE_CHARS_SHOWN = 200

# A workbook is a zip archive. Honest ones stay far below these; bombs do not.
MAX_WORKBOOK_ENTRIES = 2_000
MAX_WORKBOOK_UNPACKED_BYTES = 512 * 1024 * 1024
MAX_WORKBOOK_RATIO = 200
# Shared strings are held in memory by the reader, unlike sheets, which are streamed.
MAX_SHARED_STRINGS_BYTES = 64 * 1024 * 1024

# How long file and staged rows are kept after the last thing that was done with the import. An applied
# one can be reverted for as long as it has them.
KEEP_APPLIED_DAYS = 30
KEEP_OTHERS_DAYS = 14
