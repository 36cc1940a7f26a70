/* sal.h - source annotations of Windows drivers, accepted and ignored.
 *
 * Drivers carry annotations for Windows analysis tools (_In_, _IRQL_requires_, __drv_maxIRQL...).
 * None of them changes the code that is generated, so each is an empty macro here. The old lower
 * case forms (__in, __out...) clash with names used inside C and C++ libraries and are therefore
 * left out where the runtime itself is compiled (CONDIS_RUNTIME).
 */
#ifndef CONDIS_NT_SAL_H
#define CONDIS_NT_SAL_H

#ifndef _In_

/* Parameters: direction, optionality and extent. */
#define _In_
#define _In_opt_
#define _In_z_
#define _In_opt_z_
#define _In_reads_(n)
#define _In_reads_opt_(n)
#define _In_reads_bytes_(n)
#define _In_reads_bytes_opt_(n)
#define _In_reads_z_(n)
#define _In_reads_opt_z_(n)
#define _In_reads_or_z_(n)
#define _In_reads_to_ptr_(p)
#define _In_range_(lo, hi)
#define _In_count_(n)
#define _In_opt_count_(n)
#define _In_bytecount_(n)
#define _In_opt_bytecount_(n)
#define _In_function_class_(c)
#define _Out_
#define _Out_opt_
#define _Out_writes_(n)
#define _Out_writes_opt_(n)
#define _Out_writes_z_(n)
#define _Out_writes_opt_z_(n)
#define _Out_writes_bytes_(n)
#define _Out_writes_bytes_opt_(n)
#define _Out_writes_all_(n)
#define _Out_writes_all_opt_(n)
#define _Out_writes_bytes_all_(n)
#define _Out_writes_bytes_all_opt_(n)
#define _Out_writes_to_(n, c)
#define _Out_writes_to_opt_(n, c)
#define _Out_writes_bytes_to_(n, c)
#define _Out_writes_bytes_to_opt_(n, c)
#define _Out_range_(lo, hi)
#define _Outptr_
#define _Outptr_opt_
#define _Outptr_result_maybenull_
#define _Outptr_opt_result_maybenull_
#define _Outptr_result_nullonfailure_
#define _Outptr_result_z_
#define _Outptr_result_buffer_(n)
#define _Outptr_result_bytebuffer_(n)
#define _Outptr_result_bytebuffer_to_(n, c)
#define _Outptr_result_bytebuffer_maybenull_(n)
#define _Outptr_opt_result_bytebuffer_(n)
#define _Outref_
#define _Inout_
#define _Inout_opt_
#define _Inout_z_
#define _Inout_updates_(n)
#define _Inout_updates_opt_(n)
#define _Inout_updates_z_(n)
#define _Inout_updates_bytes_(n)
#define _Inout_updates_bytes_opt_(n)
#define _Inout_updates_bytes_to_(n, c)
#define _Inout_updates_to_(n, c)
#define _Inout_updates_all_(n)
#define _Reserved_
#define _Const_
#define _Deref_out_
#define _Deref_out_opt_
#define _Deref_opt_out_
#define _Deref_out_range_(lo, hi)
#define _Deref_in_range_(lo, hi)
#define _Points_to_data_

/* Pre and post conditions, fields, results. */
#define _Pre_
#define _Pre_notnull_
#define _Pre_maybenull_
#define _Pre_valid_
#define _Pre_satisfies_(e)
#define _Pre_readable_size_(n)
#define _Pre_writable_size_(n)
#define _Post_
#define _Post_equal_to_(e)
#define _Post_invalid_
#define _Post_maybenull_
#define _Post_notnull_
#define _Post_ptr_invalid_
#define _Post_satisfies_(e)
#define _Post_valid_
#define _Post_writable_byte_size_(n)
#define _Post_z_
#define _Field_range_(lo, hi)
#define _Field_size_(n)
#define _Field_size_opt_(n)
#define _Field_size_full_(n)
#define _Field_size_full_opt_(n)
#define _Field_size_bytes_(n)
#define _Field_size_bytes_opt_(n)
#define _Field_size_bytes_full_(n)
#define _Field_size_bytes_part_(n, c)
#define _Field_size_part_(n, c)
#define _Field_z_
#define _Struct_size_bytes_(n)
#define _Ret_maybenull_
#define _Ret_notnull_
#define _Ret_range_(lo, hi)
#define _Ret_valid_
#define _Ret_writes_bytes_(n)
#define _Ret_writes_bytes_maybenull_(n)
#define _Ret_z_
#define _Null_terminated_
#define _NullNull_terminated_
#define _Notnull_
#define _Maybenull_
#define _Notref_
#define _Valid_
#define _Readable_bytes_(n)
#define _Writable_bytes_(n)
#define _Return_type_success_(e)
#define _Success_(e)
#define _On_failure_(e)
#define _Always_(e)
#define _When_(c, e)
#define _At_(t, e)
#define _At_buffer_(t, i, n, e)
#define _Group_(e)
#define _Check_return_
#define _Must_inspect_result_
#define _Must_inspect_impl_
#define _Printf_format_string_
#define _Scanf_format_string_
#define _Function_class_(c)
/* Stands before a definition whose declaration came with a role type (MINIPORT_INITIALIZE MpInit;). On
 * Windows it repeats the annotations of the declaration; for gcc, which insists on it in native builds,
 * it repeats the calling convention as well. clang takes that from the declaration. */
#if defined(_WIN32) || defined(__clang__)
#define _Use_decl_annotations_
#else
#define _Use_decl_annotations_ __attribute__((ms_abi))
#endif
#define _Analysis_assume_(e)
#define _Analysis_assume_nullterminated_(e)
#define _Analysis_noreturn_
#define _Literal_
#define _Interlocked_
#define _Interlocked_operand_
#define _Enum_is_bitflag_
#define _Strict_type_match_
#define _Frees_ptr_
#define _Frees_ptr_opt_
#define _Unreferenced_parameter_
#define _Dispatch_type_(t)
#define _Flow_(e)
#define _Kernel_clear_do_init_(e)
#define _Kernel_float_restored_
#define _Kernel_float_saved_
#define _Kernel_float_used_
#define _Kernel_IoGetDmaAdapter_
#define _Kernel_requires_resource_held_(r)
#define _Kernel_requires_resource_not_held_(r)
#define _Kernel_acquires_resource_(r)
#define _Kernel_releases_resource_(r)
#define _Kernel_entry_
#define __kernel_entry
#define __callback
#define __fallthrough
#define __analysis_assume(e)
#define __analysis_assert(e)
#define __analysis_suppress(e)
#define __analysis_noreturn

/* IRQL. */
#define _IRQL_requires_(l)
#define _IRQL_requires_max_(l)
#define _IRQL_requires_min_(l)
#define _IRQL_requires_same_
#define _IRQL_always_function_max_(l)
#define _IRQL_always_function_min_(l)
#define _IRQL_raises_(l)
#define _IRQL_saves_
#define _IRQL_saves_global_(k, p)
#define _IRQL_restores_
#define _IRQL_restores_global_(k, p)
#define _IRQL_is_cancel_
#define _IRQL_uses_cancel_

/* Locks and memory. */
#define _Acquires_lock_(l)
#define _Acquires_exclusive_lock_(l)
#define _Acquires_shared_lock_(l)
#define _Acquires_nonreentrant_lock_(l)
#define _Releases_lock_(l)
#define _Releases_exclusive_lock_(l)
#define _Releases_shared_lock_(l)
#define _Releases_nonreentrant_lock_(l)
#define _Requires_lock_held_(l)
#define _Requires_lock_not_held_(l)
#define _Requires_exclusive_lock_held_(l)
#define _Requires_shared_lock_held_(l)
#define _Requires_no_locks_held_
#define _Create_lock_level_(l)
#define _Has_lock_kind_(k)
#define _Has_lock_level_(l)
#define _Lock_level_order_(a, b)
#define _Guarded_by_(l)
#define _Write_guarded_by_(l)
#define _Interlocked_guarded_by_(l)
#define __drv_allocatesMem(k)
#define __drv_freesMem(k)
#define __drv_aliasesMem
#define __drv_strictTypeMatch(m)
#define __drv_strictType(t, m)
#define __drv_preferredFunction(f, w)
#define __drv_reportError(w)
#define __drv_when(c, e)
#define __drv_in(e)
#define __drv_out(e)
#define __drv_in_deref(e)
#define __drv_out_deref(e)
#define __drv_deref(e)
#define __drv_at(t, e)
#define __drv_arg(t, e)
#define __drv_ret(e)
#define __drv_requiresIRQL(l)
#define __drv_maxIRQL(l)
#define __drv_minIRQL(l)
#define __drv_sameIRQL
#define __drv_raisesIRQL(l)
#define __drv_maxFunctionIRQL(l)
#define __drv_minFunctionIRQL(l)
#define __drv_savesIRQL
#define __drv_restoresIRQL
#define __drv_savesIRQLGlobal(k, p)
#define __drv_restoresIRQLGlobal(k, p)
#define __drv_useCancelIRQL
#define __drv_isCancelIRQL
#define __drv_clearDoInit(e)
#define __drv_functionClass(c)
#define __drv_dispatchType(t)
#define __drv_dispatchType_other
#define __drv_mustHold(k)
#define __drv_neverHold(k)
#define __drv_acquiresExclusiveResource(k)
#define __drv_releasesExclusiveResource(k)
#define __drv_mustHoldCriticalRegion
#define __drv_interlocked
#define __drv_mustInspectResult
#define __drv_nonConstant
#define __drv_notInInterface
#define __drv_unreferenced
#define __drv_constant
#define __drv_formatString(k)
#define __drv_freesMemory(k)
#define __drv_declspec(e)
#define __drv_requiresIRQL(l)
#define __drv_innerMustHoldGlobal(k, p)
#define __drv_innerAcquiresGlobal(k, p)
#define __drv_innerReleasesGlobal(k, p)
#define __drv_inTry
#define __drv_notInTry
#define __drv_Mode_impl(m)

#ifndef CONDIS_RUNTIME
/* The annotations of drivers written before 2012. */
#define __in
#define __in_opt
#define __in_z
#define __in_ecount(n)
#define __in_ecount_opt(n)
#define __in_bcount(n)
#define __in_bcount_opt(n)
#define __in_ecount_z(n)
#define __in_xcount(n)
#define __in_xcount_opt(n)
#define __in_data_source(s)
#define __out
#define __out_opt
#define __out_z
#define __out_ecount(n)
#define __out_ecount_opt(n)
#define __out_ecount_part(n, c)
#define __out_ecount_part_opt(n, c)
#define __out_ecount_full(n)
#define __out_ecount_z(n)
#define __out_bcount(n)
#define __out_bcount_opt(n)
#define __out_bcount_part(n, c)
#define __out_bcount_part_opt(n, c)
#define __out_bcount_full(n)
#define __out_xcount(n)
#define __out_xcount_opt(n)
#define __inout
#define __inout_opt
#define __inout_z
#define __inout_ecount(n)
#define __inout_ecount_opt(n)
#define __inout_ecount_part(n, c)
#define __inout_bcount(n)
#define __inout_bcount_opt(n)
#define __inout_bcount_part(n, c)
#define __inout_bcount_full(n)
#define __deref_in
#define __deref_out
#define __deref_out_opt
#define __deref_opt_out
#define __deref_opt_out_opt
#define __deref_out_ecount(n)
#define __deref_out_bcount(n)
#define __deref_out_bcount_opt(n)
#define __deref_inout
#define __deref_inout_opt
#define __deref_volatile
#define __field_ecount(n)
#define __field_ecount_opt(n)
#define __field_bcount(n)
#define __field_bcount_opt(n)
#define __field_xcount(n)
#define __struct_bcount(n)
#define __reserved
#define __checkReturn
#define __success(e)
#define __nullterminated
#define __maybenull
#define __notnull
#define __range(lo, hi)
#define __readonly
#define __format_string
#define __useHeader
#define __override
#endif

#endif /* _In_ */

#endif
