#!/usr/bin/env python3
"""House style that clang-format does not know: line and function length, file heads, banned words.
Usage: tools/tidy.py [ROOT]. tools/tidy.allow lists exceptions: `path reason`."""
import os
import re
import sys

COLUMNS = 100
FUNCTION_LINES = 70
FILE_LINES = 1000
LONG_SHARE = 0.03  # of functions may be longer
BANNED = re.compile(r"\b(sprintf|strcpy|strcat|gets|alloca|rand|srand|strtok)\s*\(")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b|#\s*if 0\b")
FOLDERS = ("src", "tests", "drivers", "include/condis")
# Names of C library functions that drivers import are defined or tested here.
MAY_NAME_BANNED = ("src/nt/crt.c", "tests/forms/strings.c")


def read_allowed(root):
    allowed = {}
    path = os.path.join(root, "tools/tidy.allow")
    if os.path.exists(path):
        with open(path, encoding="utf-8") as f:
            for line in f:
                words = line.split(None, 1)
                if len(words) == 2 and not line.startswith("#"):
                    allowed[words[0]] = words[1].strip()
    return allowed


def strip_text(line):
    """The line without string literals and trailing comment, so that words in them do not count."""
    return re.sub(r'"(\\.|[^"\\])*"', '""', re.sub(r"/\*.*?\*/|//.*", "", line))


def functions(lines):
    """Yields (line, length) of each function: house style puts its braces in column 0."""
    start = None
    for number, line in enumerate(lines, 1):
        if line.startswith("{"):
            start = number
        elif line.startswith("}") and start is not None:
            if line.rstrip() == "}":
                yield start, number - start - 1
            start = None


def check_file(path, lines, bad, counts):
    if not lines or not (lines[0].startswith("/*") or "tests/corpus" in path):
        bad.append(f"{path}:1: begins without a comment that says what the file is for")
    for number, line in enumerate(lines, 1):
        if len(line.rstrip("\n")) > COLUMNS and not path.endswith(".def"):
            bad.append(f"{path}:{number}: {len(line)} columns, allowed are {COLUMNS}")
        code = strip_text(line)
        if BANNED.search(code) and path not in MAY_NAME_BANNED:
            bad.append(f"{path}:{number}: banned function: {code.strip()}")
        if UNFINISHED.search(line):
            bad.append(f"{path}:{number}: unfinished: finish it or take it out")
    for start, length in functions(lines):
        counts["functions"] += 1
        if length > FUNCTION_LINES:
            counts["long"].append(f"{path}:{start}: function of {length} lines")
    if len(lines) > FILE_LINES:
        bad.append(f"{path}: {len(lines)} lines, split it at {FILE_LINES}")


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else "."
    allowed, bad = read_allowed(root), []
    counts = {"functions": 0, "long": [], "files": 0}
    for folder in FOLDERS:
        for where, _, names in os.walk(os.path.join(root, folder)):
            for name in sorted(names):
                path = os.path.relpath(os.path.join(where, name), root)
                if not name.endswith((".c", ".h", ".def", ".S")) or path in allowed:
                    continue
                with open(os.path.join(root, path), encoding="utf-8") as f:
                    check_file(path, f.readlines(), bad, counts)
                counts["files"] += 1
    share = len(counts["long"]) / max(1, counts["functions"])
    if share > LONG_SHARE:
        bad += counts["long"]
    for line in bad:
        print(line)
    print(f"tidy: {counts['files']} files, {counts['functions']} functions, "
          f"{100 * (1 - share):.1f} % of them up to {FUNCTION_LINES} lines, {len(bad)} complaints")
    return 1 if bad or counts["files"] == 0 else 0


sys.exit(main())
