#!/bin/sh
# Installs what building and testing needs on Debian 12. Does nothing (and needs no root) when all is there.
set -eu
BUILD="gcc make python3 libzydis-dev libjansson-dev libdw-dev libelf-dev"
DRIVERS="gcc-mingw-w64-x86-64 clang lld llvm"
TESTS="gdb valgrind libwine mandoc shellcheck clang-format xz-utils"

missing=
for p in $BUILD $DRIVERS $TESTS; do
    dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $p"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || {
        echo "deps: not root and no sudo: run as root: apt-get install$missing" >&2
        exit 1
    }
    as_root=sudo
fi
echo "deps: installing$missing"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
# shellcheck disable=SC2086 # a list of packages
$as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
