#!/bin/bash
# Everything about the source that needs no run: layers, style, citations, warnings of both compilers,
# scripts, man pages. Prints one line per check; exits 1 when any failed.
set -u
B=${B:-build}
cd "$(dirname "$0")/.." || exit 1
failed=0

check() {
    local name=$1 log status
    shift
    log=$(mktemp)
    "$@" >"$log" 2>&1
    status=$?
    if [ $status = 0 ]; then
        echo "ok lint $name: $(tail -1 "$log")"
    else
        cat "$log"
        echo "not ok lint $name"
        failed=1
    fi
    rm -f "$log"
}

# The generated and tabular files are laid out by hand.
# shellcheck disable=SC2317 # called through check
clang_format_check() {
    local bad
    bad=$(git ls-files 'src/*.c' 'src/*.h' 'drivers/*.c' 'drivers/*.h' 'tests/unit/*.c' |
        xargs clang-format --dry-run -Werror 2>&1 | grep -c 'error:')
    echo "$bad places differ from .clang-format"
    [ "$bad" = 0 ]
}

# Layers, line length, function length, file heads.
check layers tools/layers.py
check tidy tools/tidy.py
check citations tools/rules-check
# The whole runtime without warnings under the compiler that did not build it.
check clang make --no-print-directory -s B="$B-clang" CC=clang lib
check format clang_format_check
check shell shellcheck -x tools/*.sh tests/run.sh .ci/run tests/*/*.sh
check man mandoc -Tlint -Wwarning man/*.1
exit $failed
