#!/bin/bash
# Drivers that crash, hang or worse: a clear report, the exit status, nothing left running.
# shellcheck source=tests/cli/_lib.sh
. "$(dirname "$0")/_lib.sh"

# bad NAME STATUS PART...: both forms of the driver.
bad() {
    local name=$1 want=$2 form part
    shift 2
    for form in sys so; do
        run check --timeout 2 "$B/tests/bad/$name.$form"
        is "status of $name.$form" "$want" "$status"
        for part; do has "report on $name.$form" "$out" "$part"; done
        has "report on $name.$form" "$out" "$name.$form"
        lacks "errors of $name.$form" "$err" "condis: "
        run_json "$name.$form" "$want"
    done
    nothing_runs
}

# The same as JSON agrees.
run_json() {
    run check --timeout 2 --json "$B/tests/bad/$1"
    is "status of $1 with --json" "$2" "$status"
    is "exit_status of $1" "$2" "$(python3 -c 'import json,sys; print(json.load(sys.stdin)["exit_status"])' <"$TMP/out" 2>&1)"
}

# No process has the command's file open as its program any more.
nothing_runs() {
    local left
    left=$(find /proc -maxdepth 2 -path '/proc/[0-9]*/exe' -lname "$CONDIS" 2>/dev/null)
    [ -z "$left" ] || wrong+="$left still runs; "
}

test_driver_entry_fails() {
    bad fails 1 STATUS_INSUFFICIENT_RESOURCES "DriverEntry failed"
}

test_driver_entry_registers_nothing() {
    bad nothing 1 "without registering with NDIS"
}

test_driver_entry_loops_for_ever() {
    bad loops 3 "stopped" "hang in DriverEntry" HOST-002 "loops.c:"
}

test_driver_entry_waits_for_ever() {
    bad waits 3 "hang in DriverEntry" HOST-002 KeWaitForSingleObject "waits.c:"
}

test_driver_entry_jumps_to_nowhere() {
    bad nowhere 3 "crash in DriverEntry" "jump to address 0x4150000" HOST-001
}

test_driver_entry_jumps_to_no_address() {
    bad wild 3 "crash in DriverEntry" 0xdeadbeefdeadbeef HOST-001
}

test_driver_entry_writes_through_null() {
    bad null 3 "crash in DriverEntry" "NULL pointer" "null.c:" HOST-001
}

test_driver_entry_smashes_its_stack() {
    bad smashes 3 "crash in DriverEntry" HOST-001
}

test_driver_entry_uses_up_its_stack() {
    bad recurses 3 "stack overflow" "recurses.c:" HOST-001
}

test_driver_entry_scribbles_over_the_host() {
    bad scribbles 3 "stopped" HOST-001
}

test_driver_entry_stops_the_system() {
    bad stops 3 "bugcheck in DriverEntry" 0xE2 HOST-003
}

test_driver_entry_ends_the_process() {
    bad exits 3 "exit in DriverEntry"
}

test_driver_entry_kills_its_process_group() {
    bad kills 3 "signal 9" DriverEntry
}

test_driver_entry_leaves_a_process_behind() {
    bad forks 1 "1 process of the driver's making, now killed"
}

test_an_interrupted_check_leaves_nothing() {
    "$CONDIS" check "$B/tests/bad/loops.sys" >"$TMP/out" 2>"$TMP/err" &
    local pid=$!
    for _ in $(seq 200); do
        pgrep -P $pid >/dev/null && break
        sleep 0.02
    done
    kill -INT $pid
    wait $pid
    is status 2 $?
    has err "$(cat "$TMP/err")" interrupted
    nothing_runs
}

test_a_trace_tells_what_happened() {
    run check --trace "$TMP/trace" --trace-json "$TMP/json" "$B/tests/bad/fails.sys"
    has trace "$(cat "$TMP/json")" '"event":"enter"'
    run check --trace "$TMP/trace" "$B/tests/bad/fails.sys"
    has trace "$(cat "$TMP/trace")" DriverEntry
    lacks trace "$(cat "$TMP/trace")" '{'
}

run_all
