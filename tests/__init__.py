"""The tests. Each process of a test run computes with one thread.

The algebra library would give every one of them a thread for each processor, which take the processors from
each other and wait for one another in a loop: that took half as long again. The bench and the mutants, which
begin without pytest, measure the program as it is.
"""

import os
import sys

if "pytest" in sys.modules:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
