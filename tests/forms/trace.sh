#!/bin/bash
# The same source makes the same calls in the same order whatever it was built as: the traces of each sample
# as native module and as Windows image, of two compilers each, are compared event for event. _trace.py says
# what is taken out before. A second run of the same file must not differ in anything.
set -u
B=${B:-build}
OUT=$B/tests/forms
mkdir -p "$OUT"
SAMPLES=(mcm wan-miniport call-manager client)
FORMS=(so sys msvc.sys elf.so)

files=()
for name in "${SAMPLES[@]}"; do
    files+=("$B/drivers/$name.inf")
    for form in "${FORMS[@]}"; do files+=("$B/drivers/$name.$form"); done
done
if ! make -s B="$B" CC="${CC:-gcc}" ${SAN:+SAN="$SAN"} "${files[@]}" >"$OUT/make.log" 2>&1; then
    echo "not ok trace_forms_build - see $OUT/make.log"
    tail -5 "$OUT/make.log"
    exit 1
fi

# trace NAME FORM TO [OPTION]...: one run, its trace and what of it must be equal
trace() {
    local name=$1 form=$2 to=$3
    shift 3
    "$B/condis" check "$@" --inf="$B/drivers/$name.inf" --trace-json="$to.jsonl" "$B/drivers/$name.$form" \
        >"$to.report" 2>&1 && python3 tests/forms/_trace.py "$to.jsonl" "$name" >"$to"
}

same() { # TEST A B
    if cmp -s "$2" "$3"; then
        echo "ok $1"
    else
        echo "not ok $1 - $(diff "$2" "$3" | grep -m1 '^<' | cut -c1-200) / $(diff "$2" "$3" | grep -m1 '^>' | cut -c1-200)"
    fi
}

compare() { # NAME TEST [OPTION]...
    local name=$1 test=$2 form to
    shift 2
    for form in "${FORMS[@]}"; do
        to=$OUT/$test.$form
        if ! trace "$name" "$form" "$to" "$@"; then
            echo "not ok ${test}_as_$form - the run is not clean: see $to.report"
        elif ! grep -q '"event": "done"' "$to"; then
            echo "not ok ${test}_as_$form - the trace is cut off: see $to"
        elif [ "$form" != so ]; then
            same "${test}_as_$form" "$OUT/$test.so" "$to"
        fi
    done
}

for name in "${SAMPLES[@]}"; do
    compare "$name" "trace_of_$name"
    compare "$name" "trace_of_${name}_pended" --pend
    trace "$name" so "$OUT/again" && same "trace_of_${name}_twice" "$OUT/trace_of_$name.so.jsonl" "$OUT/again.jsonl"
done
