#!/usr/bin/env python3
"""Turns tests/headers/{layout,constants}.tsv into C that a compiler checks the headers with.

  gen-layout.py asserts VERSION   static assertions of what a driver of that NDIS version sees
  gen-layout.py bits VERSION      a constant, in section "bits", with every bit-field set once
  gen-layout.py image VERSION     the bytes that this section must have
  gen-layout.py count             what there is to assert, as "structures constants bit-fields"

VERSION is 5.1, 6.0, 6.1, 6.20 ...; constants are asserted for 5.1, 6.0 and the newest one (NEWEST).
No language can ask where a bit-field lies, so the compiler's output is compared instead.
"""
import re
import sys
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "tests" / "headers"
NEWEST = "6.89"

HEAD = """#include "ndis.h"
#include "ndiswan.h"
#include "ndistapi.h"
#include "atm.h"
#include "netevent.h"
#ifdef __cplusplus
#define CHECK(e, text) static_assert(e, text)
#else
#define CHECK(e, text) _Static_assert(e, text)
#endif
#define IS(c, v) \\
    CHECK((unsigned long long)(c) == (v) || (unsigned long long)(c) == ((v) | 0xFFFFFFFF00000000ull), #c)
"""


def number(version):
    major, minor = version.split(".")
    return int(major) * 1000 + int(minor)


class Structure:
    def __init__(self, row):
        self.name, size, align, versions = row
        self.size, self.align, self.members = int(size), int(align), []
        self.sizes = [] if versions == "-" else [v.split(":") for v in versions.split()]

    def size_in(self, version):
        """Size that a driver of the version sees, None when it does not see the structure."""
        if not self.sizes:
            return self.size
        seen = None
        for since, size in self.sizes:
            if number(since) <= number(version):
                seen = None if size == "-" else int(size)
        return seen


    def last_seen(self):
        return NEWEST if self.size_in(NEWEST) is not None else "5.1"


def rows(name):
    for line in (DATA / name).read_text(encoding="ascii").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def structures():
    out = []
    for row in rows("layout.tsv"):
        if row[0]:
            out.append(Structure(row))
        else:
            out[-1].members.append(row[1:])
    return out


def visible(members, version):
    return [m for m in members if m[3] == "-" or number(m[3]) <= number(version)]


def asserts(version):
    print(HEAD)
    for s in structures():
        size = s.size_in(version)
        if size is None:
            continue
        print(f'CHECK(sizeof({s.name}) == {size}, "sizeof {s.name}");')
        print(f'CHECK(__alignof__({s.name}) == {s.align}, "alignof {s.name}");')
        for path, offset, length, _ in visible(s.members, version):
            if length.startswith(":"):
                continue
            print(f'CHECK(offsetof({s.name}, {path}) == {offset}, "offsetof {s.name}.{path}");')
            # What a member is made of may grow with the version, so its size is that of the newest
            # one; a flexible array has none.
            if length != "[]" and version == s.last_seen():
                print(f'CHECK(sizeof((({s.name} *)0)->{path}) == {length}, "sizeof {s.name}.{path}");')
    if version not in ("5.1", "6.0", NEWEST):
        return
    for name, value, note in rows("constants.tsv"):
        other = dict(n.split("=") for n in note.split() if "=" in n)
        if version == NEWEST and note != "5":
            print(f"IS({name}, {value}ull);")
        elif version == "5.1" and note == "5":
            print(f"IS({name}, {value}ull);")
        elif version in other:
            print(f"IS({name}, {other[version]}ull);")


def bit_fields(version):
    for s in structures():
        if s.size_in(version) is None:
            continue
        for path, offset, width, _ in visible(s.members, version):
            if width.startswith(":"):
                byte, bit = offset.split(":")
                yield s, path, int(byte) * 8 + int(bit), int(width[1:])


def bits(version):
    """One constant with a structure for each bit-field, in which nothing but that field is set."""
    print(HEAD)
    fields = list(bit_fields(version))
    print("struct fields {")
    for n, (s, _, _, _) in enumerate(fields):
        print(f"    {s.name} f{n};")
    print('};\nextern const struct fields fields;')
    print('const struct fields fields __attribute__((section("bits"))) = {')
    for n, (_, path, _, _) in enumerate(fields):
        print(f"    .f{n}.{path} = -1,")
    print("};")


def pad(out, alignment):
    out.extend(bytes(-len(out) % alignment))


def image(version):
    """The bytes that constant must have."""
    out, most = bytearray(), 1
    for s, _, first, width in bit_fields(version):
        pad(out, s.align)
        most = max(most, s.align)
        out.extend((((1 << width) - 1) << first).to_bytes(s.size_in(version), "little"))
    pad(out, most)
    sys.stdout.buffer.write(out)


def count():
    found = structures()
    fields = sum(m[2].startswith(":") for s in found for m in s.members)
    print(len(found), sum(1 for _ in rows("constants.tsv")), fields)


def main():
    match sys.argv[1:]:
        case ["asserts", version] if re.fullmatch(r"\d\.\d+", version):
            asserts(version)
        case ["bits", version] if re.fullmatch(r"\d\.\d+", version):
            bits(version)
        case ["image", version] if re.fullmatch(r"\d\.\d+", version):
            image(version)
        case ["count"]:
            count()
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
