"""Work that makes very many objects and no cycles: collecting would only look at them again."""

import gc
from contextlib import contextmanager


@contextmanager
def without_collecting():
    """No garbage collection of cycles meanwhile; also a decorator."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
