#!/usr/bin/env bash
# Compares what two builds of sayso print: `extract`, `check` and `trace` over the sample corpus, and over the speed set
# where it is there (SAYSO_SPEED, default ../shared/speed; DOCS documents of each of its files, default 400). For changes
# that must not alter what is found.
#
# usage: crates/sayso-dev/same-bytes.sh OLD NEW      (two binaries; exit 1 if they differ)
set -euo pipefail
[ $# -eq 2 ] || { sed -n '2,7s/^# \?//p' "$0" >&2; exit 2; }
old=$(realpath "$1") new=$(realpath "$2")
cd "$(git -C "$(dirname "$0")" rev-parse --show-toplevel)"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
speed=${SAYSO_SPEED:-../shared/speed}
docs=${DOCS:-400}
failed=0

compare() {
  local name=$1 rc_old=0 rc_new=0
  shift
  "$old" --jobs 1 "$@" >"$work/old" 2>"$work/old.err" || rc_old=$?
  "$new" --jobs 2 "$@" >"$work/new" 2>"$work/new.err" || rc_new=$?
  if [ "$rc_old" = "$rc_new" ] && cmp -s "$work/old" "$work/new"; then
    printf 'same   %-28s %s bytes\n' "$name" "$(stat -c %s "$work/new")"
  else
    printf 'DIFFER %-28s exit %s and %s; first difference: %s\n' "$name" "$rc_old" "$rc_new" "$(cmp "$work/old" "$work/new" 2>&1 || true)"
    failed=1
  fi
}

compare 'corpus extract' extract corpus --format jsonl
compare 'corpus extract, rules' extract corpus --format jsonl --model rules
compare 'corpus check' check corpus/articles --against corpus/statements --format jsonl
compare 'corpus trace' trace corpus/articles --against corpus/statements --format jsonl
if [ -d "$speed" ]; then
  for file in articles releases; do
    zcat "$speed/$file.jsonl.gz" 2>/dev/null | head -n "$docs" >"$work/$file.jsonl" || true
  done
  compare 'speed articles extract' extract "$work/articles.jsonl" --format jsonl
  compare 'speed releases extract' extract "$work/releases.jsonl" --as statement --format jsonl --model rules
  compare 'speed check' check "$work/articles.jsonl" --against "$work/releases.jsonl" --format jsonl
  compare 'speed trace' trace "$work/articles.jsonl" --against "$work/releases.jsonl" --format jsonl
fi
exit $failed
