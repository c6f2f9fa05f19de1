#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    sayso_fuzz::panics_may_be_caught();
    sayso_fuzz::index(data)
});
