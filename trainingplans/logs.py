"""One event, one line: a line break in a value never makes a second line in the log."""

import json
import logging


class OneLine(logging.Formatter):
    """Each record as one JSON line."""

    def format(self, record):
        event = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            event["trace"] = self.formatException(record.exc_info)
        return json.dumps(event, ensure_ascii=False)
