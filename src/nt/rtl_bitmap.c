/* rtl_bitmap.c - bitmaps of the run-time library. Bit n is bit n % 32 of word n / 32. */
#include "nt/exports.h"

typedef struct _RTL_BITMAP *map;

enum { NONE = -1 };

static bool bit(map m, ULONG n)
{
    return m->Buffer[n / 32] >> (n % 32) & 1;
}

static void put(map m, ULONG n, bool on)
{
    if (on)
        m->Buffer[n / 32] |= 1u << (n % 32);
    else
        m->Buffer[n / 32] &= ~(1u << (n % 32));
}

/* A range from a driver, cut to the map. */
static ULONG range_end(map m, ULONG start, ULONG count)
{
    if (start >= m->SizeOfBitMap)
        return start;
    return count > m->SizeOfBitMap - start ? m->SizeOfBitMap : start + count;
}

static void fill(map m, ULONG start, ULONG count, bool on)
{
    for (ULONG end = range_end(m, start, count), i = start; i < end; i++)
        put(m, i, on);
}

static bool all(map m, ULONG start, ULONG count, bool on)
{
    if (count == 0 || start >= m->SizeOfBitMap || count > m->SizeOfBitMap - start)
        return false;
    for (ULONG i = start; i < start + count; i++)
        if (bit(m, i) != on)
            return false;
    return true;
}

static ULONG find_in(map m, ULONG from, ULONG to, ULONG count, bool on)
{
    ULONG run = 0;
    for (ULONG i = from; i < to; i++) {
        run = bit(m, i) == on ? run + 1 : 0;
        if (run == count)
            return i + 1 - count;
    }
    return (ULONG)NONE;
}

/* From the hint on, then from the start. */
static ULONG find(map m, ULONG count, ULONG hint, bool on)
{
    if (hint >= m->SizeOfBitMap)
        hint = 0;
    if (count == 0)
        return hint;
    ULONG at = find_in(m, hint, m->SizeOfBitMap, count, on);
    return at == (ULONG)NONE && hint > 0 ? find_in(m, 0, m->SizeOfBitMap, count, on) : at;
}

static ULONG find_and_put(map m, ULONG count, ULONG hint, bool on)
{
    ULONG at = find(m, count, hint, !on);
    if (at != (ULONG)NONE)
        fill(m, at, count, on);
    return at;
}

static ULONG count_of(map m, bool on)
{
    ULONG n = 0;
    for (ULONG i = 0; i < m->SizeOfBitMap; i++)
        n += bit(m, i) == on;
    return n;
}

VOID NTAPI RtlInitializeBitMap(map BitMapHeader, PULONG BitMapBuffer, ULONG SizeOfBitMap)
{
    BitMapHeader->SizeOfBitMap = SizeOfBitMap;
    BitMapHeader->Buffer = BitMapBuffer;
}

VOID NTAPI RtlClearAllBits(map BitMapHeader)
{
    memset(BitMapHeader->Buffer, 0, (BitMapHeader->SizeOfBitMap + 31) / 32 * 4);
}

VOID NTAPI RtlSetAllBits(map BitMapHeader)
{
    memset(BitMapHeader->Buffer, 0xFF, (BitMapHeader->SizeOfBitMap + 31) / 32 * 4);
}

VOID NTAPI RtlClearBits(map BitMapHeader, ULONG StartingIndex, ULONG NumberToClear)
{
    fill(BitMapHeader, StartingIndex, NumberToClear, false);
}

VOID NTAPI RtlSetBits(map BitMapHeader, ULONG StartingIndex, ULONG NumberToSet)
{
    fill(BitMapHeader, StartingIndex, NumberToSet, true);
}

VOID NTAPI RtlClearBit(map BitMapHeader, ULONG BitNumber)
{
    fill(BitMapHeader, BitNumber, 1, false);
}

VOID NTAPI RtlSetBit(map BitMapHeader, ULONG BitNumber)
{
    fill(BitMapHeader, BitNumber, 1, true);
}

BOOLEAN NTAPI RtlTestBit(map BitMapHeader, ULONG BitNumber)
{
    return BitNumber < BitMapHeader->SizeOfBitMap && bit(BitMapHeader, BitNumber);
}

BOOLEAN NTAPI RtlAreBitsClear(map BitMapHeader, ULONG StartingIndex, ULONG Length)
{
    return all(BitMapHeader, StartingIndex, Length, false);
}

BOOLEAN NTAPI RtlAreBitsSet(map BitMapHeader, ULONG StartingIndex, ULONG Length)
{
    return all(BitMapHeader, StartingIndex, Length, true);
}

ULONG NTAPI RtlFindClearBits(map BitMapHeader, ULONG NumberToFind, ULONG HintIndex)
{
    return find(BitMapHeader, NumberToFind, HintIndex, false);
}

ULONG NTAPI RtlFindSetBits(map BitMapHeader, ULONG NumberToFind, ULONG HintIndex)
{
    return find(BitMapHeader, NumberToFind, HintIndex, true);
}

ULONG NTAPI RtlFindClearBitsAndSet(map BitMapHeader, ULONG NumberToFind, ULONG HintIndex)
{
    return find_and_put(BitMapHeader, NumberToFind, HintIndex, true);
}

ULONG NTAPI RtlFindSetBitsAndClear(map BitMapHeader, ULONG NumberToFind, ULONG HintIndex)
{
    return find_and_put(BitMapHeader, NumberToFind, HintIndex, false);
}

ULONG NTAPI RtlNumberOfClearBits(map BitMapHeader)
{
    return count_of(BitMapHeader, false);
}

ULONG NTAPI RtlNumberOfSetBits(map BitMapHeader)
{
    return count_of(BitMapHeader, true);
}

CCHAR NTAPI RtlFindLeastSignificantBit(ULONGLONG Set)
{
    return (CCHAR)(Set != 0 ? __builtin_ctzll(Set) : NONE);
}

CCHAR NTAPI RtlFindMostSignificantBit(ULONGLONG Set)
{
    return (CCHAR)(Set != 0 ? 63 - __builtin_clzll(Set) : NONE);
}
