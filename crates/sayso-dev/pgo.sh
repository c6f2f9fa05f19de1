#!/usr/bin/env bash
# Builds the program optimised for how it runs: once with counters, a run over some documents, and once more with what
# they counted. The rules are the faster for it by about an eighth: their code is larger than the processor's cache of
# instructions, and what runs together comes to stand together.
#
# usage: crates/sayso-dev/pgo.sh DOCUMENTS... -- [ARGUMENTS OF cargo build]     (default: -- --profile dist)
# needs: rustup component add llvm-tools
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,8s/^# \?//p' "$0" >&2; exit 2; }
documents=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do documents+=("$(realpath "$1")"); shift; done
[ $# -gt 0 ] && shift
build=("$@")
[ ${#build[@]} -gt 0 ] || build=(--profile dist)
cd "$(git -C "$(dirname "$0")" rev-parse --show-toplevel)"
host=$(rustc -vV | sed -n 's/^host: //p')
merge=$(rustc --print sysroot)/lib/rustlib/$host/bin/llvm-profdata
[ -x "$merge" ] || { echo "no $merge: rustup component add llvm-tools" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
target=${CARGO_TARGET_DIR:-target}

# A target is named, so that build scripts and macros are not counted.
program() { find "$target/$host" -maxdepth 2 -name sayso -type f -newer "$work/begun" | head -n 1; }
touch "$work/begun"
RUSTFLAGS="-Cprofile-generate=$work/counts" cargo build "${build[@]}" --target "$host"
counted=$(program)
"$counted" --jobs 1 extract "${documents[@]}" --format jsonl >/dev/null
"$counted" --jobs 1 extract "${documents[@]}" --format jsonl --model rules >/dev/null
"$merge" merge -o "$work/counts.profdata" "$work/counts"
RUSTFLAGS="-Cprofile-use=$work/counts.profdata" cargo build "${build[@]}" --target "$host"
program
