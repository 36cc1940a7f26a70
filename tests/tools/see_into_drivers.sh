#!/bin/bash
# Debuggers and memory checkers see functions and source lines inside binary drivers: gdb stops at a line
# and walks the stack, valgrind and AddressSanitizer name the place of a planted overflow. The host is
# loadrun.c, with the loader and nothing else. B = build folder.
set -u
B=${B:-build} CC=${CC:-gcc}
OUT=$B/tests/tools
FLAGS=(-std=gnu11 -g -D_GNU_SOURCE -fshort-wchar -fno-strict-aliasing -fno-omit-frame-pointer -fPIE -pie -Isrc)
LIBS=(-lZydis -ldw -lelf -ldl -lpthread)
SOURCES=(tests/tools/loadrun.c src/base/*.c src/load/*.c src/load/*.S)
mkdir -p "$OUT"

have() {
    command -v "$1" >/dev/null && return 0
    shift
    for name in "$@"; do echo "skip $name - the tool is not installed"; done
    return 1
}

# Builds the host unless it is newer than all it is made of.
host() {
    local to=$1
    shift
    [ -e "$to" ] && [ -z "$(find tests/tools src/base src/load -newer "$to" -type f -print -quit)" ] && return 0
    "$CC" "${FLAGS[@]}" "$@" "${SOURCES[@]}" -o "$to" "${LIBS[@]}" 2>"$to.log"
}

# expect NAME FILE TEXT...: the texts stand in the file in this order
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

drivers=()
for name in overflow overset stripped plain; do
    [ "$B/tests/pe/$name.sys" -nt "tests/pe/$name.c" ] || drivers+=("$B/tests/pe/$name.sys")
done
if [ "${#drivers[@]}" != 0 ] && ! make -s B="$B" "${drivers[@]}" >"$OUT/drivers.log" 2>&1; then
    echo "not ok see_into_drivers - the test drivers do not build: see $OUT/drivers.log"
    exit 1
fi
host "$OUT/loadrun" -O1 || { echo "not ok see_into_drivers - the host does not build: see $OUT/loadrun.log"; exit 1; }

line=$(grep -n 'the planted overflow' tests/pe/overflow.c | cut -d: -f1)
set_line=$(grep -n 'the planted overflow' tests/pe/overset.c | cut -d: -f1)

# --- gdb -------------------------------------------------------------------------------------------
debug() {
    local log=$1 program=$2 driver=$3
    shift 3
    timeout 120 gdb -nx -q -batch -ex 'set debuginfod enabled off' -ex 'set breakpoint pending on' \
        -ex 'set confirm off' "$@" --args "$program" "$driver" >"$log" 2>&1 </dev/null
}
if have gdb gdb_stops_at_a_line_in_a_sys gdb_steps_and_prints_in_a_sys gdb_walks_a_stack_without_debug_data; then
    debug "$OUT/gdb-line" "$OUT/loadrun" "$B/tests/pe/overflow.sys" -ex "break overflow.c:$line" -ex run \
        -ex backtrace -ex 'print count' -ex delete -ex finish
    if grep -q 'ptrace: Operation not permitted' "$OUT/gdb-line"; then
        echo "skip gdb_stops_at_a_line_in_a_sys - no permission to trace here"
    else
        expect gdb_stops_at_a_line_in_a_sys "$OUT/gdb-line" "Breakpoint 1, .*write_behind.*overflow.c:$line" \
            '#0 .*write_behind' '#1 .*DriverEntry.*overflow.c' '#2 .*main'
        expect gdb_steps_and_prints_in_a_sys "$OUT/gdb-line" '= 16' 'DriverEntry.*overflow.c'
        debug "$OUT/gdb-names" "$OUT/loadrun" "$B/tests/pe/stripped.sys" -ex 'break print' -ex run -ex backtrace
        expect gdb_walks_a_stack_without_debug_data "$OUT/gdb-names" '#0 .*print' '#1 .*sub_[0-9a-f]+' \
            '#2 .*DriverEntry' '#3 .*main'
    fi
fi

# --- valgrind --------------------------------------------------------------------------------------
if have valgrind valgrind_names_an_overflow_in_a_sys; then
    timeout 300 valgrind --error-exitcode=9 "$OUT/loadrun" "$B/tests/pe/overflow.sys" >"$OUT/valgrind" 2>&1
    expect valgrind_names_an_overflow_in_a_sys "$OUT/valgrind" 'Invalid write of size 1' \
        'write_behind.*overflow.c:' 'DriverEntry.*overflow.c' 'main' '0 bytes after a block of size 16'
fi

# --- AddressSanitizer ------------------------------------------------------------------------------
if ! host "$OUT/loadrun-asan" -O1 -fsanitize=address; then
    echo "skip asan_names_the_line_in_a_so - $CC builds nothing with -fsanitize=address"
    exit 0
fi
"$CC" -std=gnu11 -O1 -g -Iinclude/nt -fshort-wchar -Wno-multichar -fsanitize=address -fPIC -shared \
    -o "$OUT/overflow.so" tests/pe/overflow.c 2>"$OUT/overflow.so.log"
timeout 120 "$OUT/loadrun-asan" "$OUT/overflow.so" >"$OUT/asan-so" 2>&1
expect asan_names_the_line_in_a_so "$OUT/asan-so" 'heap-buffer-overflow' 'WRITE of size 1' \
    "#0 .*write_behind.*overflow.c:$line" '#1 .*DriverEntry.*overflow.c' 'allocated by'
timeout 120 "$OUT/loadrun-asan" "$B/tests/pe/overset.sys" >"$OUT/asan-sys" 2>&1
expect asan_names_the_line_of_a_call_in_a_sys "$OUT/asan-sys" 'heap-buffer-overflow' 'WRITE of size 32' \
    "clear.*overset.c:$set_line" 'DriverEntry.*overset.c' 'main' 'allocated by' 'DriverEntry.*overset.c'
# Pointers in a driver's data are roots; those of a closed driver are not.
timeout 120 "$OUT/loadrun-asan" "$B/tests/pe/plain.sys" >"$OUT/asan-leaks" 2>&1
echo "status $?" >>"$OUT/asan-leaks"
expect leak_checker_reads_a_closed_sys "$OUT/asan-leaks" 'entry: 0x8' 'status 0'
exit 0
