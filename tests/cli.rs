//! The command line from outside. A case is a file in `tests/cli/`: commands with what they print, over the input folder
//! of the same name. `TRYCMD=overwrite cargo test --test cli` writes what is printed into the cases; read the difference.

#[test]
fn cases() {
    trycmd::TestCases::new().env("NO_COLOR", "1").env("SAYSO_INDEX", "index").case("tests/cli/*.trycmd");
}
