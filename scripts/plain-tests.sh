#!/usr/bin/env bash
# Runs the tests that are left out under the race detector: those in files of `//go:build !race`.
set -euo pipefail
cd "$(dirname "$0")/.."
mapfile -t files < <(grep -rlx --include='*_test.go' '//go:build !race' internal)
mapfile -t packages < <(printf './%s\n' "${files[@]%/*}" | sort -u)
names=$(sed -nE 's/^func (Test[A-Za-z0-9_]+)\(.*/\1/p' "${files[@]}" | paste -sd '|')
exec go test -vet=all -timeout 9m -run "^($names)\$" "${packages[@]}"
