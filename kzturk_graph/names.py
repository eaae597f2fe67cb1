"""Names as people type them: one key for every spelling that differs only in case, accents or dotted I.

``str.lower`` and ``str.casefold`` make two code points of ``İ`` and keep ``ı`` apart from ``i``; SPARQL's
``LCASE`` does no better. So names are compared by a key of our own.
"""

from __future__ import annotations

import unicodedata

# letters that Unicode doesn't decompose, with what a person without that keyboard types
_LETTERS = str.maketrans(
    {
        "İ": "i", "I": "i", "ı": "i", "ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d",
        "ә": "а", "Ә": "а", "ғ": "г", "Ғ": "г", "қ": "к", "Қ": "к", "ң": "н", "Ң": "н", "ө": "о", "Ө": "о",
        "ұ": "у", "Ұ": "у", "ү": "у", "Ү": "у", "һ": "х", "Һ": "х", "і": "и", "І": "и", "ё": "е", "Ё": "е",
        "й": "и", "Й": "и", "’": "'", "‘": "'", "ʼ": "'", "–": "-", "—": "-", "‑": "-",
    }
)  # fmt: skip


def fold(name: str) -> str:
    """The key of a name: lower case, no diacritics, dotted and dotless i alike, Kazakh letters as Russian ones,
    hyphens and runs of blanks as one blank.

    >>> fold("İstanbul") == fold("ISTANBUL") == fold("istanbul")
    True
    >>> fold("Түркістан") == fold("туркистан")
    True
    """
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    bare = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    return " ".join(bare.replace("-", " ").replace(".", " ").split())
