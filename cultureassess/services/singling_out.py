"""How many single answers can be picked out of an export by what people said about themselves."""

from __future__ import annotations

import numpy as np

from cultureassess.scoring.answers import SideAnswers


def singled_out(side: SideAnswers) -> int:
    """Count the respondents who are alone with their combination of audience and segments.

    Args:
        side: everybody who answered on one side.
    """
    if not len(side):
        return 0
    columns = [side.audience, *(segment.codes for segment in side.segments.values())]
    sizes = np.unique(np.stack(columns, axis=1), axis=0, return_counts=True)[1]
    return int(np.count_nonzero(sizes == 1))
