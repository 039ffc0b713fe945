"""What runs in a process of its own: a snapshot from a database, then the peak memory it took."""

import sys
from pathlib import Path

from tests.bench.timing import print_peak
from tests.bench.work import snapshot_from_database

if __name__ == "__main__":
    snapshot_from_database(Path(sys.argv[1]))
    print_peak()
