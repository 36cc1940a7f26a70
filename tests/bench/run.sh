#!/bin/bash
# Runs the benchmarks one after the other. JSON=1: one JSON object per line instead of text.
set -u
cd "$(dirname "$0")/../.." || exit 1
B=${B:-build}
status=0
for source in tests/bench/*.c; do
    name=$(basename "$source" .c)
    "$B/tests/bench/$name" ${JSON:+--json} || status=1
done
exit $status
