#!/bin/bash
# The C library and the safe string functions are the kernel's in every form of a driver: strings.c checks
# their results itself, in as many forms and with as many compilers as there are.
set -u
B=${B:-build}
OUT=$B/tests/forms
mkdir -p "$OUT" "$OUT/clang" "$OUT/gcc"

build() { # CC FILE of the build folder $OUT/CC or $B
    make -s B="$1" CC="$2" "$1/tests/forms/strings.$3" >"$OUT/strings.log" 2>&1
}

run() { # TEST FILE
    "$B/condis" check --trace="$OUT/strings.trace" "$2" >"$OUT/strings.report" 2>&1
    local said
    said=$(sed -nE 's/.*text="(.*)"$/\1/p' "$OUT/strings.trace")
    if [[ $said =~ ^([0-9]+)\ checks,\ 0\ failed$ ]] && [ "${BASH_REMATCH[1]}" -ge 90 ]; then
        echo "ok $1"
    else
        echo "not ok $1 - ${said:-nothing printed: see $OUT/strings.report}" | head -3
    fi
}

form() { # TEST BUILD-FOLDER CC FORM
    if build "$2" "$3" "$4"; then
        run "$1" "$2/tests/forms/strings.$4"
    else
        echo "not ok $1 - it does not build: $(grep -m1 -E 'error|undefined' "$OUT/strings.log")"
    fi
}

form strings_of_a_gcc_module "$OUT/gcc" gcc so
form strings_of_a_clang_module "$OUT/clang" clang so
form strings_of_a_module_with_windows_abi "$B" gcc elf.so
form strings_of_a_mingw_image "$B" gcc sys
form strings_of_a_clang_image "$B" gcc msvc.sys
