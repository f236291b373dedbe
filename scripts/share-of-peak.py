#!/usr/bin/env python3
"""How many floating-point operations a second the model's matrix products do, from what rten prints of its own running time.

usage: RTEN_TIMING=by-shape=1 verbatim run ANSWERS --no-cache --threads 1 … | share-of-peak.py

`cargo bench --bench peak` prints what one core can do at most.
"""

import math
import re
import sys

everything = products = operations = 0.0
operator = ""
for line in sys.stdin:
    if whole := re.match(r"\d+ ops evaluated in ([\d.]+)ms", line):
        everything += float(whole[1])
    elif name := re.match(r"(\w+\S*)\s+[\d.]+ms", line):
        operator = name[1]
    # The shapes of both matrices (and of what is added), how often, the mean and the sum of the milliseconds.
    elif operator == "FusedMatMul" and (row := re.match(r"\s+\[([\d, ]+)\], \[([\d, ]+)\].*?\s{2,}(\d+)\s+[\d.]+\s+([\d.]+)", line)):
        first, second = ([int(size) for size in sizes.split(",")] for sizes in (row[1], row[2]))
        operations += 2 * math.prod(first) * second[-1] * int(row[3])
        products += float(row[4])
print(f"matrix products: {operations / products / 1e6:.0f} billion operations a second, {products / everything:.0%} of the model's time")
