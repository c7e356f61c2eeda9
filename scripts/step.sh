#!/usr/bin/env bash
# Runs one step of the build and says how long it took: step.sh NAME COMMAND…
set -euo pipefail
name=$1
shift
echo "==> $name"
started=$SECONDS
if "$@"; then
	echo "    $name: $((SECONDS - started)) s"
else
	code=$?
	echo "    $name FAILED after $((SECONDS - started)) s" >&2
	exit "$code"
fi
