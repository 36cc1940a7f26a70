"""What one trace says, for comparing the traces of several forms of one driver.

    _trace.py TRACE.jsonl NAME    prints an event a line; NAME is the driver without its ending

Taken out is only what a file or a compiler decides: the ending of the driver's name, the file's format and
size, the number of functions it imports (memcpy for a copied structure), of functions the line, and where in
the driver a call came from, because a tail call or an inlined function names another one.
"""
import json
import re
import sys

FUNCTIONS = ("handler", "function")
PLACES = ("caller", "place") + tuple(f"frame{i}" for i in range(14))
OF_THE_FILE = ("format", "size", "imports", "provided")


def event(line, name):
    e = json.loads(line)
    if e["event"] == "image":
        for key in OF_THE_FILE:
            e.pop(key, None)
    for key, value in e.items():
        if isinstance(value, str):
            value = re.sub(rf"\b{re.escape(name)}(\.msvc|\.elf)?\.(sys|so)\b", name, value)
            if key in FUNCTIONS:
                value = re.sub(r":\d+\)$", ")", value)
            if key in PLACES:
                value = value.split("!")[0]
            e[key] = value
    return json.dumps(e)


with open(sys.argv[1], encoding="utf-8") as trace:
    for row in trace:
        print(event(row, sys.argv[2]))
