/* harness.h - what the test programs of exceptions and traps share with their drivers. */
#ifndef TESTS_PE_HARNESS_H
#define TESTS_PE_HARNESS_H

#ifdef _WIN32
#define ABI
#define EXPORT __declspec(dllexport)
#else
#define ABI __attribute__((ms_abi))
#endif

typedef unsigned long long u64;
typedef unsigned int u32;

struct harness {
    /* Appends a letter to the log. */
    void(ABI *log)(struct harness *, int letter);
    /* A host function that calls fn(harness). */
    u64(ABI *call)(struct harness *, u64(ABI *fn)(struct harness *));
    /* A host function that reads 8 bytes at an address. */
    u64(ABI *read)(struct harness *, const void *address);
    void *volatile address; /* what a case is about */
    volatile u64 value;
    u64 code, info[2], pc, count; /* seen by a filter */
};

typedef u64(ABI test_case)(struct harness *);

#endif
