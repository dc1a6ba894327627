"""One column for certificates of informatics and of languages: each cell says of what it is."""

import re

from cadres.intake.parsing.certificates import is_certificate
from cadres.intake.understanding.headings import GENERIC, Candidate
from cadres.intake.understanding.vocabulary import key

FIELD = "certificates"
BARE = frozenset(("chung chi", "cac chung chi", "loai chung chi", "ten chung chi"))
IT = re.compile(r"\b(?:tin hoc|cntt|cong nghe thong tin)\b")
LANGUAGE = re.compile(r"\b(?:ngoai ngu|anh van|tieng anh)\b")
SAMPLE = 120
MOST = 0.5
LEAST = 0.52


def settle_certificates(offers, block, grid):
    """Offers the columns that tell of both, by a heading that names both or only "Chứng chỉ"."""
    for c, path in block.paths.items():
        if _names_both(path):
            offers[c] = [Candidate(FIELD, None, 1.0)]
        elif key(path[-1]) in BARE and not any(o.score >= LEAST for o in offers[c]):
            lines = grid[block.bottom : block.bottom + SAMPLE]
            texts = [t for line in lines if c <= len(line) and (t := line[c - 1].strip())]
            if texts and sum(map(is_certificate, texts)) >= MOST * len(texts):
                offers[c] = [Candidate(FIELD, None, 0.7)]


def _names_both(path):
    """Whether the last heading that says anything names informatics and languages."""
    told = [key(text) for text in path]
    while len(told) > 1 and told[-1] in GENERIC:
        told.pop()
    return bool(IT.search(told[-1]) and LANGUAGE.search(told[-1]))
