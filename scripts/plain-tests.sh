#!/usr/bin/env bash
# Runs the tests that skip themselves under the race detector (internal/platform/norace).
set -euo pipefail
cd "$(dirname "$0")/.."
mapfile -t files < <(grep -rl --include='*_plain_test.go' 'norace\.Only(t)' internal)
mapfile -t packages < <(printf './%s\n' "${files[@]%/*}" | sort -u)
names=$(sed -nE 's/^func (Test[A-Za-z0-9_]+)\(.*/\1/p' "${files[@]}" | paste -sd '|')
exec go test -vet=off -timeout 9m -run "^($names)\$" "${packages[@]}"
