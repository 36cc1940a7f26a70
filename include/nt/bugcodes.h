/* bugcodes.h - bug check codes. */
#ifndef CONDIS_NT_BUGCODES_H
#define CONDIS_NT_BUGCODES_H

#define IRQL_NOT_LESS_OR_EQUAL                                0xA
#define SPIN_LOCK_ALREADY_OWNED                               0xF
#define SPIN_LOCK_NOT_OWNED                                   0x10
#define BAD_POOL_HEADER                                       0x19
#define MEMORY_MANAGEMENT                                     0x1A
#define KMODE_EXCEPTION_NOT_HANDLED                           0x1E
#define NO_MORE_IRP_STACK_LOCATIONS                           0x35
#define MULTIPLE_IRP_COMPLETE_REQUESTS                        0x44
#define PAGE_FAULT_IN_NONPAGED_AREA                           0x50
#define BUGCODE_NDIS_DRIVER                                   0x7C
#define SYSTEM_THREAD_EXCEPTION_NOT_HANDLED                   0x7E
#define SPIN_LOCK_INIT_FAILURE                                0x81
#define DRIVER_POWER_STATE_FAILURE                            0x9F
#define ATTEMPTED_SWITCH_FROM_DPC                             0xB8
#define ATTEMPTED_WRITE_TO_READONLY_MEMORY                    0xBE
#define BAD_POOL_CALLER                                       0xC2
#define DRIVER_VERIFIER_DETECTED_VIOLATION                    0xC4
#define DRIVER_CORRUPTED_EXPOOL                               0xC5
#define DRIVER_CAUGHT_MODIFYING_FREED_POOL                    0xC6
#define DRIVER_VERIFIER_IOMANAGER_VIOLATION                   0xC9
#define DRIVER_LEFT_LOCKED_PAGES_IN_PROCESS                   0xCB
#define DRIVER_UNLOADED_WITHOUT_CANCELLING_PENDING_OPERATIONS 0xCE
#define DRIVER_CORRUPTED_MMPOOL                               0xD0
#define DRIVER_IRQL_NOT_LESS_OR_EQUAL                         0xD1
#define DRIVER_CORRUPTED_SYSPTES                              0xDB
#define POOL_CORRUPTION_IN_FILE_AREA                          0xDE
#define MANUALLY_INITIATED_CRASH                              0xE2
#define DRIVER_VERIFIER_DMA_VIOLATION                         0xE6
#define ATTEMPTED_EXECUTE_OF_NOEXECUTE_MEMORY                 0xFC
#define ATTEMPTED_WRITE_TO_CM_PROTECTED_STORAGE               0x11C
#define DPC_WATCHDOG_VIOLATION                                0x133
#define KERNEL_SECURITY_CHECK_FAILURE                         0x139
#define BUGCODE_NDIS_DRIVER_LIVE_DUMP                         0x15E
#define DRIVER_VERIFIER_DETECTED_VIOLATION_LIVEDUMP           0x1C4
#define DRIVER_VERIFIER_TRACKING_LIVE_DUMP                    0x1E5
#define MDL_CACHE                                             0x1F4
#define SYSTEM_THREAD_EXCEPTION_NOT_HANDLED_M                 0x1000007E

#endif
