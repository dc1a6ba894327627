"""The list of courses of the past: read, matched, mapped, written, taken back."""
