#!/usr/bin/env bash
# Builds the program optimised for how it runs: once with counters, a run over the sample corpus, and once more with what
# was counted. The rules are the faster for it by a tenth: their code is larger than the processor's cache of
# instructions, and what runs together comes to stand together. What never ran is made small instead of fast, so the run
# takes in every command that reads much.
#
# usage: crates/sayso-dev/pgo.sh [ARGUMENTS OF cargo build]     (default: --profile dist)
# needs: rustup component add llvm-tools
set -euo pipefail
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
sayso() { "$counted" --jobs 1 --quiet --index "$work/index" "$@" >/dev/null; }
for model in tagger rules; do sayso extract corpus --format jsonl --model "$model"; done
sayso index corpus
for part in quotes narration; do sayso search --in "$part" water; done
for compared in check trace; do sayso "$compared" corpus/articles --against corpus/statements --format jsonl; done
"$merge" merge -o "$work/counts.profdata" "$work/counts"
RUSTFLAGS="-Cprofile-use=$work/counts.profdata" cargo build "${build[@]}" --target "$host"
program
