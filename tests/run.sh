#!/bin/bash
# Runs the tests and counts them: unit test programs below $B/tests/unit, and scripts tests/*/*.sh. Each
# prints a line `ok NAME`, `not ok NAME - why` or `skip NAME - why` per test. A program that ends badly
# without saying so counts as one failed test. The last line is `N passed, N failed`.
# B = build folder, T = only tests whose name contains it, JOBS = how many at once.
set -u
B=${B:-build} T=${T:-} JOBS=${JOBS:-$(nproc)}
export B T CC=${CC:-gcc}
LOGS=$B/test-logs
# What a sanitizer in the runtime cannot change is left to the plain build.
plain_only=()
[[ $B == *san* ]] && plain_only=(! -path 'tests/headers/*' ! -path 'tests/tools/*' ! -path 'tests/forms/*')
LIMIT=${LIMIT:-900} # seconds for one program

# Runs one program with its output in a log. A program whose own name matches T runs whole; otherwise a
# unit test program is asked for the tests that match.
run_one() {
    local program=$1 log=$2 select=() status
    [[ $program == *"$T"* ]] || select=("$T")
    timeout -k 10 "$LIMIT" "$program" "${select[@]}" >"$log" 2>&1 </dev/null
    status=$?
    if [ $status = 124 ] || [ $status = 137 ]; then
        echo "not ok $program - did not end within $LIMIT seconds" >>"$log"
    elif [ $status != 0 ] && ! grep -q '^not ok ' "$log"; then
        echo "not ok $program - ended with status $status: see $log" >>"$log"
    fi
    if grep -q '^not ok ' "$log"; then
        echo "FAILED $program"
        grep -A6 -E '^not ok |ERROR: AddressSanitizer|WARNING: ThreadSanitizer|runtime error:' "$log" | head -60
    fi
    return 0
}
export -f run_one
export LIMIT

programs=()
while IFS= read -r p; do programs+=("$p"); done < <(
    find "$B/tests/unit" -type f -executable -name '*_test' 2>/dev/null | sort
    find tests -mindepth 2 -name '*.sh' -executable ! -path '*/fuzz/*' ! -path '*/bench/*' ! -name '_*' \
        "${plain_only[@]}" | sort)
if [ "${#programs[@]}" = 0 ]; then
    echo "tests/run.sh: nothing to run below $B/tests/unit: build first with make test" >&2
    echo "0 passed, 1 failed"
    exit 1
fi

rm -rf "$LOGS"
mkdir -p "$LOGS"
# shellcheck disable=SC2016 # the inner shell expands them
for p in "${programs[@]}"; do
    # A script is run when its name matches; unit test programs select for themselves.
    [[ $p == *"$T"* || $p == "$B"/* ]] || continue
    name=${p#"$B"/}
    printf '%s\0%s\0' "$p" "$LOGS/${name//\//_}.log"
done | xargs -0 -n 2 -P "$JOBS" bash -c 'run_one "$1" "$2"' _

count() {
    cat "$LOGS"/*.log 2>/dev/null | grep -c "^$1 "
}
passed=$(count ok) failed=$(count 'not ok') skipped=$(count skip)
if [ "$skipped" != 0 ]; then
    grep -h '^skip ' "$LOGS"/*.log
    echo "$skipped skipped"
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
