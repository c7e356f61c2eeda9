#!/usr/bin/env bash
# Fails when the API's document or the typed client is not what the routes give.
# migrations/schema.sql is held against the migrations by TestSchemaFile in internal/app.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
client=web/packages/api-client

bin/aerostic openapi > "$work/openapi.json"
(cd "$client" && npx --no-install openapi-typescript "$work/openapi.json" --output "$work/schema.gen.ts" > "$work/log" 2>&1) \
	|| { cat "$work/log" >&2; exit 1; }

wrong=0
compare() {
	cmp -s "$1" "$2" && return
	echo "$1 is not what the routes give; run \`make generate\`:" >&2
	diff -u "$1" "$2" | head -40 >&2 || true
	wrong=1
}
compare "$client/openapi.json" "$work/openapi.json"
compare "$client/src/schema.gen.ts" "$work/schema.gen.ts"
exit "$wrong"
