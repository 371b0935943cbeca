"""Answers one line of JSON a line of input: each line runs the prepared work once and prints the seconds it took."""

import json
import sys
import time


def serve(work):
    print(json.dumps({"ready": True}), flush=True)
    for _ in sys.stdin:
        started = time.perf_counter()
        result = work() or {}
        print(json.dumps({"seconds": time.perf_counter() - started, **result}), flush=True)
