"""What an act answers when it is not possible."""


class Refused(Exception):
    """The act is not possible; the text says why and what to do, in Vietnamese."""
