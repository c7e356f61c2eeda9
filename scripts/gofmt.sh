#!/usr/bin/env bash
# Fails when a Go file is not formatted, and names it.
set -euo pipefail
cd "$(dirname "$0")/.."
unformatted=$(gofmt -l cmd internal migrations web/embed.go)
if [ -n "$unformatted" ]; then
	printf 'Not formatted (run `make format`):\n%s\n' "$unformatted" >&2
	exit 1
fi
