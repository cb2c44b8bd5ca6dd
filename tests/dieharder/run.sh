#!/usr/bin/env bash
# usage: run.sh STREAM [TEST...]
# Feeds the engine's words to dieharder's tests (default: 0, 2, 8, 10, 15 and 101). Fails if a test
# gives p < 1e-6 or p > 1 - 1e-6, or if dieharder gives no p at all.
set -euo pipefail

stream=$1
shift
if ! command -v dieharder >/dev/null; then
  echo "dieharder is missing: install it, or run ./dev test --slow" >&2
  exit 1
fi
failed=0
for test in "${@:-0 2 8 10 15 101}"; do
  for number in $test; do
    # The stream has no end; that dieharder closes the pipe is how it stops.
    lines=$( ("$stream" || true) 2>/dev/null | dieharder -d "$number" -g 200 | grep -E '\|[^|]*\|[^|]*\|[^|]*\|[ 0-9.]+\|' || true)
    if [[ -z $lines ]]; then
      echo "test $number gave no result" >&2
      failed=1
      continue
    fi
    echo "$lines"
    awk -F'|' '$5 + 0 < 1e-6 || $5 + 0 > 1 - 1e-6 {bad = 1} END {exit bad}' <<<"$lines" || failed=1
  done
done
exit "$failed"
