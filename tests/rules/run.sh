#!/bin/bash
# Checks every rule driver, as .so and as .sys: its report must name exactly the rule that the file is
# named after, once, with a source and a remedy; and the good samples must be reported clean.
set -u
cd "$(dirname "$0")/../.." || exit 1
exec python3 tests/rules/check.py "${B:-build}" "${T:-}"
