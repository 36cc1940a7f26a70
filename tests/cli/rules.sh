#!/bin/bash
# condis rules: by id, by category, by text, as JSON.
# shellcheck source=tests/cli/_lib.sh
. "$(dirname "$0")/_lib.sh"

test_all_rules_are_listed_one_on_a_line() {
    run rules
    is status 0 "$status"
    has out "$out" "REG-001"
    has out "$out" "AF-048"
    has out "$out" "HOST-001"
    is lines "$(cat src/verify/rules/[a-z]*.def | grep -cE '^RULE(_[A-Z]+)?\([A-Z]')" "$(wc -l <<<"$out")"
}

test_a_rule_by_id_in_any_case() {
    for id in REG-012 reg-012; do
        run rules "$id"
        is status 0 "$status"
        has out "$out" "REG-012  error, must, for M,MCM, checked"
        has out "$out" "https://learn.microsoft.com/windows-hardware/drivers/ddi/ndis/"
        has out "$out" "remedy"
        has out "$out" "why"
        lacks out "$out" REG-013
    done
}

test_a_category() {
    run rules bnd
    is status 0 "$status"
    has out "$out" BND-001
    lacks out "$out" AF-001
}

test_words_of_a_rule() {
    run rules ndisopenadapterex
    is status 0 "$status"
    has out "$out" BND-001
    lacks out "$out" REG-001
}

test_the_kinds_say_what_their_last_line_is() {
    run rules REG-050 REG-048
    has out "$out" "kept how"
    has out "$out" "undecided"
}

test_nothing_found() {
    run rules REG-999
    is status 2 "$status"
    is_message
    has err "$err" REG-999
}

test_json() {
    run rules --json REG-012 REG-050
    is status 0 "$status"
    is ids "REG-012 remedy REG-050 note" "$(python3 -c '
import json, sys
for r in json.load(sys.stdin)["rules"]:
    assert r["source"] and r["what"] and r["why"]
    print(r["id"], "remedy" if "remedy" in r else "note", end=" ")' <<<"$out" | sed 's/ $//')"
}

run_all
