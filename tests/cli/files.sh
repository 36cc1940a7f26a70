#!/bin/bash
# Files that are no drivers: a clear message, exit status 2, no report.
# shellcheck source=tests/cli/_lib.sh
. "$(dirname "$0")/_lib.sh"

GOOD=$B/tests/bad/fails.sys

refused() { # FILE PART...
    local file=$1 part
    shift
    for c in inspect check; do
        run "$c" "$file"
        is "status of $c" 2 "$status"
        is "out of $c" "" "$out"
        is_message
        has "err of $c" "$err" "condis: $file: "
        for part; do has "err of $c" "$err" "$part"; done
    done
}

# patch OFFSET HEXBYTES: a copy of the good image with other bytes there.
patch() {
    cp "$GOOD" "$TMP/patched.sys"
    printf '%b' "$(printf '%s' "$2" | sed 's/../\\x&/g')" |
        dd of="$TMP/patched.sys" bs=1 seek=$(($1)) conv=notrunc status=none
}
pe_header() {
    od -An -tu4 -j60 -N4 "$GOOD" | tr -d ' '
}

test_a_missing_file() {
    refused "$TMP/nothing-here.sys" "No such file"
}

test_an_empty_file() {
    : >"$TMP/empty.sys"
    refused "$TMP/empty.sys"
}

test_text_is_no_pe() {
    echo "this is no driver, however long the text may be that is in it, and it is long" >"$TMP/text.sys"
    refused "$TMP/text.sys"
}

test_a_directory() {
    mkdir -p "$TMP/folder.sys"
    refused "$TMP/folder.sys"
}

test_a_fifo_is_not_waited_for() {
    mkfifo "$TMP/fifo.sys"
    refused "$TMP/fifo.sys"
}

test_a_device() {
    refused /dev/zero
}

test_an_unreadable_file() {
    [ "$(id -u)" != 0 ] || return
    cp "$GOOD" "$TMP/secret.sys"
    chmod 0 "$TMP/secret.sys"
    refused "$TMP/secret.sys" "Permission denied"
}

test_an_x86_image() {
    patch "$(pe_header) + 4" 4c01
    refused "$TMP/patched.sys" x86
}

test_an_arm64_image() {
    patch "$(pe_header) + 4" 64aa
    refused "$TMP/patched.sys" ARM64
}

test_a_truncated_image() {
    local size cut
    size=$(stat -c %s "$GOOD")
    for cut in 1 63 64 $(($(pe_header) + 3)) $(($(pe_header) + 100)) 1000; do
        head -c $cut "$GOOD" >"$TMP/cut.sys"
        refused "$TMP/cut.sys"
    done
    [ "$size" -gt 1000 ] || wrong+="the good image is too small for this test; "
}

test_another_kind_of_elf() {
    refused "$CONDIS"
    cp "$B/tests/bad/fails.so" "$TMP/arm.so"
    printf '\xb7' | dd of="$TMP/arm.so" bs=1 seek=18 conv=notrunc status=none
    refused "$TMP/arm.so"
}

test_a_missing_inf_is_named_itself() {
    run check --inf "$TMP/nothing.inf" "$GOOD"
    is status 2 "$status"
    is_message
    has err "$err" "condis: $TMP/nothing.inf"
}

run_all
