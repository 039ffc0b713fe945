"""The samples in docs are those that this version writes: who checks one finds that it agrees.

Not among the usual tests: writing them all takes half a minute, and each change of a page changes them.
Run after ``python -m tests.samples``.
"""

from pathlib import Path

import pytest
from click.testing import CliRunner

from cultureassess.cli.verify import verify

SAMPLES = sorted((Path(__file__).parents[2] / "docs" / "samples").glob("*.pdf"))


@pytest.mark.torture
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_agrees_with_its_snapshot(path):
    assert len(SAMPLES) == 7
    found = CliRunner().invoke(verify, [str(path)])
    assert found.exit_code == 0, found.output
