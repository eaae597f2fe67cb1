"""The part of two states that a report needs: what differs, and what tells about it."""

from __future__ import annotations

from kzturk_graph.differences.blanks import Quads
from kzturk_graph.differences.naming import LABELS
from kzturk_graph.differences.side import MODALITY, PASSAGE

_TELLING = {*LABELS, PASSAGE, MODALITY}


def telling(old: Quads, new: Quads) -> tuple[Quads, Quads]:
    """Both sides without the quads that they share and that say nothing of what differs.

    Kept are labels, passages and modalities, all that is said of a thing that differs, and all that is said
    in an assertion whose metadata differ. What differs between the two is the same as before.
    """
    gone, come = old - new, new - old
    if not gone and not come:
        return gone, come
    differing = gone | come
    things = {quad.subject for quad in differing} | {quad.object for quad in differing}
    kept = frozenset(
        quad for quad in old & new if quad.predicate in _TELLING or quad.subject in things or quad.graph_name in things
    )
    return gone | kept, come | kept
