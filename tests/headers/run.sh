#!/bin/bash
# Checks the headers that drivers include, on every kind of target, in C and C++:
#   layout    what tests/headers/*.tsv say of structures and constants, by NDIS version
#   bits      where bit-fields lie
#   alone     each header compiles when it is included first and alone
#   versions  the version macros, alone and together
#   skeleton  a driver in the usual Windows style compiles, and links to what condis loads
# Prints a line for each check, and last how much was asserted.
set -u
cd "$(dirname "$0")/../.." || exit 1
B=${B:-build}
OUT=$B/tests/headers
JOBS=${JOBS:-2}
rm -rf "$OUT"
mkdir -p "$OUT"

WARN="-Wall -Wextra -Werror -Iinclude/nt"
# A version that a structure changed with, or that a macro stands for.
VIEWS="6.0 6.1 6.20 6.30 6.50 6.60 6.70 6.80 6.83 6.84 6.85 6.87"
NEWEST=6.89
NUMBERS="60 61 620 630 640 650 651 660 670 680 681 682 683 684 685 686 687 688 689"

# target -> compiler and its flags. There is no g++ for mingw on every system: clang has the same ABI.
compiler() {
    case $1-$2 in
    gcc-c) echo "gcc -std=gnu11 -fshort-wchar" ;;
    gcc-c++) echo "g++ -x c++ -std=gnu++17 -fshort-wchar" ;;
    clang-c) echo "clang -std=gnu11 -fshort-wchar" ;;
    clang-c++) echo "clang++ -x c++ -std=gnu++17 -fshort-wchar" ;;
    msvc-elf-c) echo "clang --target=x86_64-pc-windows-msvc-elf -ffreestanding -fms-extensions -std=gnu11" ;;
    msvc-elf-c++) echo "clang++ --target=x86_64-pc-windows-msvc-elf -ffreestanding -fms-extensions -x c++ -std=gnu++17" ;;
    msvc-c) echo "clang --target=x86_64-pc-windows-msvc -ffreestanding -fms-extensions -std=gnu11" ;;
    msvc-c++) echo "clang++ --target=x86_64-pc-windows-msvc -ffreestanding -fms-extensions -x c++ -std=gnu++17" ;;
    mingw-c) echo "x86_64-w64-mingw32-gcc -ffreestanding -std=gnu11" ;;
    mingw-c++) echo "clang++ --target=x86_64-w64-windows-gnu -ffreestanding -x c++ -std=gnu++17" ;;
    esac
}
TARGETS="gcc clang msvc-elf msvc mingw"

version_flags() { # what a driver of that NDIS version defines
    case $1 in
    5.*) echo "-DNDIS_MINIPORT_DRIVER -DNDIS${1/./}_MINIPORT=1 -DNDIS${1/./}=1" ;;
    *) echo "-DNDIS${1/./}=1" ;;
    esac
}

# try NAME command...: one check, with the first complaint as the reason.
try() {
    local name=$1 log
    shift
    log=$OUT/$(echo "$name" | tr ' /+' '__x').log
    if "$@" >"$log" 2>&1; then
        echo "ok headers $name"
    else
        echo "not ok headers $name - $(grep -m1 -E 'error|differ|undefined|not found' "$log" || head -1 "$log")"
    fi
}

layout() { # target language version
    local cc
    cc=$(compiler "$1" "$2")
    # shellcheck disable=SC2086,SC2046 # flags are words
    $cc $WARN -fsyntax-only $(version_flags "$3") "$OUT/layout-$3.c"
}

bits() { # target
    local cc copy=objcopy
    cc=$(compiler "$1" c)
    case $1 in mingw | msvc) copy=x86_64-w64-mingw32-objcopy ;; esac
    # Every field is set to -1 whatever its type, which compilers warn of.
    # shellcheck disable=SC2086
    $cc -w -Iinclude/nt -DNDIS689 -c "$OUT/bits.c" -o "$OUT/bits-$1.o" &&
        $copy -O binary --only-section=bits "$OUT/bits-$1.o" "$OUT/bits-$1.bin" &&
        cmp "$OUT/bits-$1.bin" "$OUT/bits.bin"
}

alone() { # target language
    local cc h
    cc=$(compiler "$1" "$2")
    for h in include/nt/*.h include/nt/ndis/*.h; do
        # shellcheck disable=SC2086
        echo "#include \"${h#include/nt/}\"" | $cc $WARN -fsyntax-only -x "$2" - || {
            echo "error: $h alone"
            return 1
        }
    done
}

versions() { # target
    local cc v n support flags
    cc=$(compiler "$1" c)
    for v in $NUMBERS; do
        n=${v:1} support=$v
        [ "$v" = 60 ] && support=6
        for flags in "-DNDIS$v=1 -DKIND=NDIS_PROTOCOL" "-DNDIS_MINIPORT_DRIVER -DNDIS${v}_MINIPORT=1 -DKIND=NDIS_MINIPORT" \
            "-DNDIS_MINIPORT_DRIVER=1 -DNDIS${v}_MINIPORT=1 -DNDIS$v=1 -DKIND=NDIS_FILTER"; do
            # shellcheck disable=SC2086
            $cc $WARN -fsyntax-only $flags -DSUPPORT=NDIS_SUPPORT_NDIS"$support" -DMINOR="$n" \
                tests/headers/version.c || return 1
        done
    done
    for flags in "-DNDIS50=1" "-DNDIS51=1" "-DNDIS_MINIPORT_DRIVER -DNDIS50_MINIPORT=1" \
        "-DNDIS_MINIPORT_DRIVER -DNDIS51_MINIPORT=1" "-DNDIS_MINIPORT_DRIVER -DNDIS60_MINIPORT -DNDIS51" ""; do
        # shellcheck disable=SC2086
        $cc $WARN -fsyntax-only $flags tests/headers/version.c || return 1
    done
    # A miniport driver without a version is told so.
    # shellcheck disable=SC2086
    ! $cc $WARN -fsyntax-only -DNDIS_MINIPORT_DRIVER tests/headers/version.c 2>/dev/null
}

runtime() { # compiler
    echo '#include "ndis.h"' | "$1" -x c -std=gnu11 -D_GNU_SOURCE -fshort-wchar -DCONDIS_RUNTIME=1 \
        -include stdlib.h -include pthread.h -Wall -Wextra -Werror -idirafter include/nt -fsyntax-only -
}

SKELETON="-DNDIS_MINIPORT_DRIVER=1 -DNDIS630_MINIPORT=1 -DNDIS630=1 -Wno-multichar tests/headers/skeleton.c"
SYS="-nostdlib -nostartfiles -Wl,--subsystem,native:6.1 -Wl,--entry,DriverEntry"
LIBS="$OUT/libntoskrnl_more.a $OUT/libndis_more.a"

skeleton() { # target language
    local cc pic=
    cc=$(compiler "$1" "$2")
    case $1 in gcc | clang) pic=-fPIC ;; esac
    # shellcheck disable=SC2086
    $cc $WARN -O2 -c $SKELETON $pic -mno-stack-arg-probe -o "$OUT/skeleton-$1-$2.o"
}

link_so() { # target
    # shellcheck disable=SC2086
    case $1 in
    msvc-elf) tools/msvc-elf.sh -o "$OUT/skeleton-$1.so" $WARN $SKELETON ;;
    *) "$1" -shared -nostdlib -Wl,-Bsymbolic -o "$OUT/skeleton-$1.so" "$OUT/skeleton-$1-c.o" ;;
    esac &&
        # What is left undefined must be Windows names, which condis exports.
        ! nm -u "$OUT/skeleton-$1.so" | awk '{print $2}' | grep -vE '^(Ndis|Ke|Kf|Ex|Rtl|Mm|Dbg|(cn_nt_)?mem(cpy|set|move|cmp)$|__(cxa|gmon)|_ITM|_GLOBAL)'
}

link_sys() { # target
    local lib=/usr/x86_64-w64-mingw32/lib
    # shellcheck disable=SC2086
    case $1 in
    mingw) x86_64-w64-mingw32-gcc $SYS -o "$OUT/skeleton-$1.sys" "$OUT/skeleton-$1-c.o" -lndis -lntoskrnl -lhal $LIBS ;;
    msvc) lld-link /driver /subsystem:native,6.01 /entry:DriverEntry /nodefaultlib /out:"$OUT/skeleton-$1.sys" \
        "$OUT/skeleton-$1-c.o" $lib/libndis.a $lib/libntoskrnl.a $lib/libhal.a $LIBS ;;
    esac
}

export -f compiler version_flags try layout bits alone versions runtime skeleton link_so link_sys
export OUT WARN NUMBERS SKELETON SYS LIBS B

for v in 5.1 $VIEWS $NEWEST; do
    tools/gen-layout.py asserts "$v" >"$OUT/layout-$v.c" || exit 1
done
tools/gen-layout.py bits $NEWEST >"$OUT/bits.c"
tools/gen-layout.py image $NEWEST >"$OUT/bits.bin"
for d in ntoskrnl ndis; do
    x86_64-w64-mingw32-dlltool -m i386:x86-64 -d include/nt/lib/$d.def -l "$OUT/lib${d}_more.a"
done

# shellcheck disable=SC2016 # the inner shell expands them
{
    for t in $TARGETS; do
        for l in c c++; do
            for v in 5.1 6.0 $NEWEST; do echo "layout $v $t $l|layout $t $l $v"; done
            # One compiler of each family is enough for C++, which differs little from the full headers.
            case $t-$l in clang-c++ | msvc-elf-c++ | mingw-c++) ;; *) echo "alone $t $l|alone $t $l" ;; esac
            echo "skeleton $t $l|skeleton $t $l"
        done
        for v in $VIEWS; do
            [ "$v" = 6.0 ] || echo "layout $v $t c|layout $t c $v"
        done
        echo "bits $t|bits $t"
    done
    for t in gcc msvc; do echo "versions $t|versions $t"; done
    for c in gcc clang; do echo "runtime $c|runtime $c"; done
} | xargs -d '\n' -P "$JOBS" -n 1 bash -c 'try "${0%%|*}" ${0#*|}' | tee "$OUT/results"
{
    for t in gcc clang msvc-elf; do try "skeleton $t .so" link_so $t; done
    for t in mingw msvc; do try "skeleton $t .sys" link_sys $t; done
} | tee -a "$OUT/results"

read -r structures constants fields < <(tools/gen-layout.py count)
left() { sed -nE "s/^- ([0-9]+) $1.*/\\1/p" tests/headers/README.md; }
echo "$structures of $((structures + $(left structure))) structures," \
    "$constants of $((constants + $(left constants))) constants and $fields bit-fields asserted on" \
    "$(echo "$TARGETS" | wc -w) targets; the others left out because of tests/headers/README.md"
! grep -q '^not ok ' "$OUT/results"
