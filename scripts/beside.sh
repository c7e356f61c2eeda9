#!/usr/bin/env bash
# Makes targets beside each other and prints what each said once it is done: beside.sh TARGET…
set -euo pipefail
said=$(mktemp -d)
started=()
trap 'kill "${started[@]}" 2>/dev/null || true; rm -rf "$said"' EXIT
for target in "$@"; do
	"${MAKE:-make}" "$target" > "$said/$target" 2>&1 &
	started+=($!)
done
failed=0
for n in "${!started[@]}"; do
	wait "${started[n]}" || failed=1
	cat "$said/${@:n + 1:1}"
done
exit "$failed"
