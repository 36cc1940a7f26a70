#!/bin/bash
# condis inspect: both forms, text and JSON, and never a line of the driver's code.
# shellcheck source=tests/cli/_lib.sh
. "$(dirname "$0")/_lib.sh"

ask() { # FILE EXPRESSION on the document d
    "$CONDIS" inspect --json "$1" | python3 -c "import json,sys; d=json.load(sys.stdin); print($2)" 2>&1
}

test_a_sys() {
    run inspect "$B/tests/bad/stops.sys"
    is status 0 "$status"
    has out "$out" "PE32+ x86-64 native"
    has out "$out" ntoskrnl.exe
    has out "$out" "KeBugCheckEx"
    has out "$out" ".text"
    has out "$out" "signature       none"
}

test_a_so() {
    run inspect "$B/tests/bad/stops.so"
    is status 0 "$status"
    has out "$out" "ELF64 x86-64 shared object"
    has out "$out" KeBugCheckEx
    has out "$out" DriverEntry
}

test_the_json_of_a_sys() {
    local f=$B/tests/bad/stops.sys
    is format 1 "$(ask "$f" 'd["format"]')"
    is container PE32+ "$(ask "$f" 'd["container"]')"
    is name stops.sys "$(ask "$f" 'd["name"]')"
    is imports "['KeBugCheckEx']" "$(ask "$f" '[x["name"] for m in d["imports"] for x in m["functions"]]')"
    is state provided "$(ask "$f" 'd["imports"][0]["functions"][0]["state"]')"
    has source "$(ask "$f" 'd["imports"][0]["functions"][0]["source"][0]["url"]')" https://learn.microsoft.com/
    is counts 1 "$(ask "$f" 'd["import_counts"]["provided"]')"
    is debug DWARF "$(ask "$f" 'd["debug_info"]')"
}

test_the_json_of_a_so_has_the_same_imports() {
    is imports "['KeBugCheckEx']" \
        "$(ask "$B"/tests/bad/stops.so '[x["name"] for m in d["imports"] for x in m["functions"]]')"
}

test_imports_that_nobody_provides_are_told() {
    local f=$B/tests/pe/missing.sys
    [ -f "$f" ] || f=$B/tests/pe/missing.msvc.sys
    [ -f "$f" ] || { wrong="tests/pe/missing was not built"; return; }
    run inspect "$f"
    is status 0 "$status"
    has out "$out" "a call stops the driver"
}

test_a_crashing_driver_is_inspected_without_harm() {
    for name in null loops exits scribbles; do
        run inspect "$B/tests/bad/$name.so"
        is status 0 "$status"
        run inspect "$B/tests/bad/$name.sys"
        is status 0 "$status"
    done
}

run_all
