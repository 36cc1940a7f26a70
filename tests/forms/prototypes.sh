#!/bin/bash
# A driver can declare, by including the headers, every function the runtime exports: the address of each is
# taken on every kind of target. The C library's declarations for drivers agree with the runtime's own.
set -u
B=${B:-build}
OUT=$B/tests/forms
mkdir -p "$OUT"

# What only compilers refer to, in code they make for exceptions and big stack frames.
COMPILER="__C_specific_handler __chkstk ___chkstk_ms _local_unwind RtlUnwind RtlUnwindEx RtlVirtualUnwind
RtlLookupFunctionEntry RtlPcToFileHeader RtlRestoreContext"

names=$(sed -nE 's/^DDI(_DATA|_VARIADIC|_AS)?\([a-z]+, *([A-Za-z_0-9]+).*/\2/p' src/nt/*.def src/ddi/ndis.def | sort -u |
    grep -vxF -f <(tr ' ' '\n' <<<"$COMPILER"))
{
    echo '#include <ndis.h>'
    echo '#include <ntstrsafe.h>'
    echo 'void take_addresses(void **to);'
    echo 'void take_addresses(void **to)'
    echo '{'
    # What the headers make a macro of, a driver can use, too.
    for n in $names; do printf '#ifndef %s\n    *to++ = (void *)&%s;\n#endif\n' "$n" "$n"; done
    echo '}'
} >"$OUT/prototypes.c"

compile() { # TEST COMPILER...
    local name=$1
    shift
    if "$@" -std=gnu11 -Wall -Wextra -Werror -Wno-unknown-pragmas -Wno-multichar -DNDIS689 -Iinclude/nt \
        -fsyntax-only "$OUT/prototypes.c" 2>"$OUT/prototypes.log"; then
        echo "ok $name"
    else
        echo "not ok $name - $(grep -E 'error' "$OUT/prototypes.log" | sed 's/.*error: //' | head -3 | tr '\n' ' ')"
    fi
}

compile prototypes_for_gcc_modules gcc -fshort-wchar
compile prototypes_for_clang_modules clang -fshort-wchar
compile prototypes_for_modules_with_windows_abi clang --target=x86_64-pc-windows-msvc-elf -ffreestanding -fms-extensions
compile prototypes_for_mingw_images x86_64-w64-mingw32-gcc -ffreestanding
compile prototypes_for_clang_images clang --target=x86_64-pc-windows-msvc -ffreestanding -fms-extensions

printf '#include "ntddk.h"\n#include "nt/crt.h"\n' >"$OUT/agree.c"
if gcc -std=gnu11 -D_GNU_SOURCE -fshort-wchar -Wall -Wextra -Werror -Isrc -idirafter include/nt -fsyntax-only \
    "$OUT/agree.c" 2>"$OUT/agree.log"; then
    echo "ok library_declarations_agree"
else
    echo "not ok library_declarations_agree - $(grep -m1 error "$OUT/agree.log")"
fi
echo "$(wc -w <<<"$names") functions and variables are declared"
