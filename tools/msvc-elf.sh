#!/bin/bash
# Builds a native module from Windows source as it is: clang compiles for the Windows ABI, with a 32-bit
# long and a 16-bit wchar_t, but to ELF objects, which the host's linker makes a shared object of.
#
#     tools/msvc-elf.sh -o mydriver.elf.so [-Idir] [-Dname] [-O1]... one.c two.c
#
# Words ending in .c, .cc or .cpp are sources, everything else goes to the compiler. CLANG = the compiler.
set -eu
HERE=$(cd "$(dirname "$0")/.." && pwd)
CLANG=${CLANG:-clang}
FLAGS=(--target=x86_64-pc-windows-msvc-elf -O2 -gdwarf -ffreestanding -fms-extensions -mno-stack-arg-probe
    -Wno-unknown-pragmas -Wno-ignored-pragma-intrinsic -Wno-multichar -I"$HERE/include/nt")
out='' sources=() options=()
while [ $# -gt 0 ]; do
    case $1 in
    -o) out=${2-} && shift ;;
    *.c | *.cpp | *.cc) sources+=("$1") ;;
    *) options+=("$1") ;;
    esac
    shift
done
if [ -z "$out" ] || [ ${#sources[@]} = 0 ]; then
    echo "usage: tools/msvc-elf.sh -o OUT.so [compiler option]... SOURCE..." >&2
    exit 2
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
objects=()
for source in "${sources[@]}"; do
    object=$work/${#objects[@]}.o
    "$CLANG" "${FLAGS[@]}" "${options[@]}" -c "$source" -o "$object"
    objects+=("$object")
done

# What the objects lack they refer to in a way that only works within one module. So they get what an import
# library would give them: a function import_NAME that jumps through a pointer, and the pointer, __imp_NAME.
# Names of the C library, which would be bound to the host's with its other calling convention, are the
# runtime's symbols there; this includes memcpy and its like, which the compiler calls by itself.
nm "${objects[@]}" | awk '
    NF == 2 && $1 == "U" { lacks[$2] }
    NF == 3 { has[$3] }
    END { for (n in lacks) if (!(n in has)) { sub(/^__imp_/, "", n); print n } }' |
    grep -vx _fltused | sort -u >"$work/imports"
sed -nE 's/^DDI_AS\([a-z]+, *([A-Za-z_0-9]+), *([a-z_0-9]+).*/\1 \2/p' "$HERE"/src/nt/*.def >"$work/names"
{
    while read -r name; do
        echo "    .section .text"
        echo ".globl import_$name; .hidden import_$name; import_$name: jmp *__imp_$name(%rip)"
        echo "    .section .data.rel.ro, \"aw\""
        echo ".globl __imp_$name; .hidden __imp_$name; __imp_$name: .quad $name"
    done <"$work/imports"
    # This only tells Microsoft's linker that floating point is used.
    echo '.globl _fltused; .hidden _fltused; _fltused = 0'
    echo '    .section .note.GNU-stack, ""'
} >"$work/imports.s"
"$CLANG" -c "$work/imports.s" -o "$work/imports.o"
objcopy --redefine-syms="$work/names" "$work/imports.o"

# The names clang gives string literals have an @, which ELF linkers take for a symbol version.
{
    awk '{ print $1, "import_" $1 }' "$work/imports"
    nm "${objects[@]}" | awk '/@/ { to = $NF; gsub(/[@?$]/, "_", to); print $NF, to }' | sort -u
} >"$work/map"
for object in "${objects[@]}"; do objcopy --redefine-syms="$work/map" "$object"; done

echo '{ global: DriverEntry; local: *; };' >"$work/exports"
"$CLANG" -shared -nostdlib -Wl,-Bsymbolic -Wl,--version-script="$work/exports" -o "$out" "${objects[@]}" "$work/imports.o"
