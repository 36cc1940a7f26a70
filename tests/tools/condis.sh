#!/bin/bash
# The same as see_into_drivers.sh, with the command people use: gdb stops at a source line inside a .sys and
# a .so under `condis check`, with the driver in its own process and in the command's; AddressSanitizer names
# the line of a planted overflow in a .so, valgrind the function of one in a .sys, gcov the lines that ran.
# The commands are those of docs/building-drivers.md.
set -u
B=${B:-build}
OUT=$B/tests/tools
mkdir -p "$OUT"

# expect TEST FILE TEXT...: the texts stand in the file in this order
expect() {
    local name=$1 file=$2 from=1 found text
    shift 2
    for text in "$@"; do
        found=$(tail -n "+$from" "$file" | grep -nE -m1 -e "$text" | cut -d: -f1)
        if [ -z "$found" ]; then
            echo "not ok $name - \"$text\" is not in $file (from line $from)"
            sed 's/^/    /' "$file" | head -40
            return
        fi
        from=$((from + found - 1))
    done
    echo "ok $name"
}

have() { # TOOL TEST...
    command -v "$1" >/dev/null && return 0
    shift
    for name in "$@"; do echo "skip $name - the tool is not installed"; done
    return 1
}

drivers=("$B/tests/pe/overflow.sys" "$B/tests/pe/overset.sys" "$B/drivers/mcm.sys" "$B/drivers/mcm.so" "$B/drivers/mcm.elf.so")
if ! make -s B="$B" CC="${CC:-gcc}" "${drivers[@]}" >"$OUT/drivers.log" 2>&1; then
    echo "not ok condis_and_tools - the drivers do not build: see $OUT/drivers.log"
    exit 1
fi
line=$(grep -n 'the planted overflow' tests/pe/overflow.c | cut -d: -f1)
set_line=$(grep -n 'the planted overflow' tests/pe/overset.c | cut -d: -f1)
start=$(grep -n 'NdisMSetMiniportAttributes(' drivers/mcm/adapter.c | head -1 | cut -d: -f1)

# Sanitizers have their own process layouts; gdb and valgrind are for a plain build.
sanitized() { nm -D "$B/condis" | grep -qE '__(asan|tsan)_init$'; }

# --- gdb -------------------------------------------------------------------------------------------
gdb_on() { # LOG gdb option... -- condis argument...
    local log=$1 options=()
    shift
    while [ "$1" != -- ]; do
        options+=("$1")
        shift
    done
    timeout 120 gdb -nx -q -batch -ex 'set debuginfod enabled off' -ex 'set breakpoint pending on' \
        "${options[@]}" --args "$B/condis" check "${@:2}" >"$log" 2>&1 </dev/null
}
stops() { # TEST DRIVER
    gdb_on "$OUT/$1" -ex "break mcm/adapter.c:$start" -ex run -ex backtrace -- --in-process "$2"
    expect "$1" "$OUT/$1" "Breakpoint 1, .*mcm/adapter.c:$start" \
        '#[01] .*McmInitializeEx.*mcm/adapter.c' 'live .*check.c'
}
if sanitized; then
    echo "skip gdb_and_valgrind_with_condis - this build has a sanitizer"
elif have gdb gdb_stops_in_a_sys gdb_stops_in_a_so gdb_stops_in_a_module_with_windows_abi gdb_follows_the_worker; then
    gdb_on "$OUT/gdb_may_trace" -ex 'break main' -ex run -- "$B/drivers/mcm.sys"
    if grep -q 'ptrace: Operation not permitted' "$OUT/gdb_may_trace"; then
        echo "skip gdb_with_condis - no permission to trace here"
    else
        stops gdb_stops_in_a_sys "$B/drivers/mcm.sys"
        stops gdb_stops_in_a_so "$B/drivers/mcm.so"
        stops gdb_stops_in_a_module_with_windows_abi "$B/drivers/mcm.elf.so"
        gdb_on "$OUT/gdb-worker" -ex 'set follow-fork-mode child' -ex "break overflow.c:$line" -ex run -ex backtrace \
            -ex 'print count' -- --no-guarded "$B/tests/pe/overflow.sys"
        expect gdb_follows_the_worker "$OUT/gdb-worker" "Breakpoint 1, .*write_behind.*overflow.c:$line" \
            '#1 .*DriverEntry.*overflow.c' ' = 16'
    fi
fi

# --- valgrind --------------------------------------------------------------------------------------
if ! sanitized && have valgrind valgrind_names_the_function_in_a_sys; then
    timeout 300 valgrind "$B/condis" check --in-process --no-guarded "$B/tests/pe/overflow.sys" >"$OUT/valgrind-condis" 2>&1
    expect valgrind_names_the_function_in_a_sys "$OUT/valgrind-condis" 'Invalid write of size 1' \
        'write_behind.*overflow.c' 'DriverEntry.*overflow.c' '0 bytes after a block of size 16' \
        'ExAllocatePoolWithTag' 'DriverEntry.*overflow.c' 'ERROR SUMMARY: 1 errors'
fi

# --- AddressSanitizer and UndefinedBehaviorSanitizer -----------------------------------------------
# shellcheck disable=SC2054 # the commas are the linker's
MODULE=(-std=gnu11 -fshort-wchar -fPIC -shared -Wl,-Bsymbolic -O1 -g -Wno-multichar -Iinclude/nt)
asan() { # LOG LIBRARY DRIVER
    local preload=$2
    sanitized && preload=''
    LD_PRELOAD=$preload ASAN_OPTIONS=fast_unwind_on_malloc=0 timeout 120 "$B/condis" check --no-guarded "$3" >"$1" 2>&1
}
runtime=$(gcc -print-file-name=libasan.so)
if nm -D "$B/condis" | grep -q __tsan_init; then
    echo "skip asan_with_condis - this build has ThreadSanitizer"
elif [ "$runtime" = libasan.so ] || ! gcc "${MODULE[@]}" -fsanitize=address -o "$OUT/asan.so" tests/pe/overflow.c 2>"$OUT/asan.log"; then
    echo "skip asan_with_condis - gcc builds nothing with -fsanitize=address"
else
    asan "$OUT/asan-condis" "$runtime" "$OUT/asan.so"
    expect asan_names_the_line_in_a_so_under_check "$OUT/asan-condis" 'heap-buffer-overflow' 'WRITE of size 1' \
        "#0 .*write_behind.*overflow.c:$line" '#1 .*DriverEntry.*overflow.c' 'allocated by' 'ExAllocatePoolWithTag' \
        'DriverEntry.*overflow.c'
    asan "$OUT/asan-condis-sys" "$runtime" "$B/tests/pe/overset.sys"
    expect asan_names_the_call_in_a_sys_under_check "$OUT/asan-condis-sys" 'heap-buffer-overflow' 'WRITE of size 32' \
        "clear.*overset.c:$set_line" 'DriverEntry.*overset.c' 'allocated by' 'DriverEntry.*overset.c'
fi

# --- coverage --------------------------------------------------------------------------------------
if have gcov gcov_counts_the_lines_of_a_so && ! sanitized; then
    rm -rf "$OUT/coverage"
    mkdir "$OUT/coverage"
    gcc "${MODULE[@]}" -O0 --coverage -o "$OUT/coverage/mcm.so" drivers/mcm/*.c &&
        "$B/condis" check --inf=drivers/mcm/mcm.inf "$OUT/coverage/mcm.so" >"$OUT/coverage/report"
    (cd "$OUT/coverage" && gcov ./*.gcda) >"$OUT/gcov" 2>&1
    expect gcov_counts_the_lines_of_a_so "$OUT/gcov" "File '.*drivers/mcm/driver.c'" 'Lines executed:(100|[5-9][0-9])'
fi
