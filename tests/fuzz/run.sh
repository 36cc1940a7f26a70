#!/bin/bash
# Builds and runs every fuzz target tests/fuzz/NAME_fuzz.c for SECS seconds, with the kept inputs of
# tests/fuzz/corpus/NAME and, as seeds, the test drivers built in $B. Findings stay in $B/fuzz/NAME.
# KEEP=1 puts what is new and worth keeping, minimised, into the kept inputs.
set -eu
B=${B:-build} SECS=${SECS:-60} CLANG=${CLANG:-clang} KEEP=${KEEP:-}
FLAGS=(-std=gnu11 -O1 -g -D_GNU_SOURCE -fshort-wchar -fno-strict-aliasing -Isrc
       -fsanitize=fuzzer-no-link -fsanitize=address -fsanitize=undefined
       -fno-sanitize-recover=undefined)
LIBS=(-lZydis -ljansson -ldw -lelf -ldl -lpthread)

command -v "$CLANG" >/dev/null || { echo "skip fuzz - $CLANG is not installed"; exit 0; }

# Objects of the loader and what is below it.
OBJECTS=$B/fuzz/objects
mkdir -p "$OBJECTS"
for source in src/base/*.c src/load/*.c src/load/*.S; do
    object=$OBJECTS/${source//\//_}.o
    if [ ! "$object" -nt "$source" ] ||
        [ -n "$(find src/base src/load -name '*.h' -newer "$object" -print -quit)" ]; then
        "$CLANG" "${FLAGS[@]}" -c "$source" -o "$object"
    fi
done

status=0
for source in tests/fuzz/*_fuzz.c; do
    name=$(basename "$source" _fuzz.c)
    work=$B/fuzz/$name kept=tests/fuzz/corpus/$name
    mkdir -p "$work/corpus" "$work/seeds" "$kept"
    "$CLANG" "${FLAGS[@]}" -fsanitize=fuzzer "$source" "$OBJECTS"/*.o -o "$work/target" "${LIBS[@]}"
    find "$B/tests/pe" -name '*.sys' -size -40k -exec cp {} "$work/seeds/" \; 2>/dev/null || true
    log=$work/log
    if "$work/target" -max_total_time="$SECS" -max_len=65536 -rss_limit_mb=4096 -timeout=20 \
        -artifact_prefix="$work/" "$work/corpus" "$kept" "$work/seeds" >"$log" 2>&1; then
        echo "ok fuzz $name ($(grep -c . <(ls "$work/corpus")) inputs, ${SECS}s)"
    else
        echo "not ok fuzz $name - see $log and $work/crash-*"
        tail -40 "$log"
        status=1
    fi
    if [ -n "$KEEP" ]; then
        mkdir -p "$work/small" "$work/merged"
        find "$work/corpus" "$work/seeds" "$kept" -type f -size -9k -exec cp {} "$work/small/" \;
        "$work/target" -merge=1 -max_len=8192 "$work/merged" "$work/small" >>"$log" 2>&1
        cp -n "$work/merged"/* "$kept/"
    fi
done
exit $status
