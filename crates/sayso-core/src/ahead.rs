//! Memory that is asked for before it is looked at. A table that is larger than the processor's caches answers late; where it
//! is known some steps ahead which parts will be read, they are on their way meanwhile.

#![allow(unsafe_code, reason = "one instruction, which reads nothing: see `ask`")]

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::{_MM_HINT_NTA, _MM_HINT_T0, _mm_prefetch};

/// Asks for what `value` is to be brought near.
#[inline(always)]
pub(crate) fn soon<T>(value: &T) {
    #[cfg(target_arch = "x86_64")]
    ask::<_MM_HINT_T0, T>(value);
    #[cfg(not(target_arch = "x86_64"))]
    let _ = value;
}

/// The same for what is read once: it is let go of afterwards, and pushes nothing else out.
#[inline(always)]
pub(crate) fn once<T>(value: &T) {
    #[cfg(target_arch = "x86_64")]
    ask::<_MM_HINT_NTA, T>(value);
    #[cfg(not(target_arch = "x86_64"))]
    let _ = value;
}

/// Asks for each cache line of `value`, in the way that `HINT` says.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn ask<const HINT: i32, T>(value: &T) {
    for at in (0..size_of::<T>()).step_by(64) {
        let here = std::ptr::from_ref(value).cast::<i8>().wrapping_add(at);
        // SAFETY: every processor of this architecture has the instruction, which reads nothing and cannot fail.
        unsafe { _mm_prefetch::<HINT>(here) };
    }
}
