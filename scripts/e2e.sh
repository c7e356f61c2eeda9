#!/usr/bin/env bash
# Runs the browser tests against a fresh `aerostic dev` on a free port. Arguments go to
# Playwright: scripts/e2e.sh campaign.spec.ts --headed
set -euo pipefail
cd "$(dirname "$0")/.."
data=$(mktemp -d /tmp/aerostic-e2e-XXXXXX)
chmod 755 "$data" # the database's user must pass through
pid=
finish() {
	if [ -n "$pid" ]; then
		kill -INT "$pid" 2>/dev/null || true
		wait "$pid" || true
	fi
	rm -rf "$data"
}
trap finish EXIT

AEROSTIC_LIMITS_OFF=true bin/aerostic dev --data "$data" --addr 127.0.0.1:0 > "$data.log" 2>&1 &
pid=$!
for _ in $(seq 600); do
	[ -s "$data/dev.json" ] && break
	kill -0 "$pid" 2>/dev/null || { cat "$data.log" >&2; exit 1; }
	sleep 0.1
done
[ -s "$data/dev.json" ] || { echo "aerostic dev did not start in 60 s:" >&2; cat "$data.log" >&2; exit 1; }

export AEROSTIC_DEV_JSON="$data/dev.json"
AEROSTIC_URL=$(sed -n 's/^ *"url": "\(.*\)",*$/\1/p' "$data/dev.json")
export AEROSTIC_URL
cd web
if npx --no-install playwright test -c e2e/playwright.config.ts "$@"; then
	rm -f "$data.log"
else
	code=$?
	echo "The server said:" >&2
	tail -n 40 "$data.log" >&2
	exit "$code"
fi
