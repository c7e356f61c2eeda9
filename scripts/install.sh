#!/usr/bin/env bash
# Installs what this machine lacks, by Debian package name, and says so. Go, Node, npm and
# make are assumed. install.sh run: what `make run` needs; install.sh test: also what
# `make test` needs. When nothing is missing it changes nothing and asks nobody.
set -euo pipefail
purpose=${1:-run}
missing=()

fail() {
	echo "$1" >&2
	exit 1
}

# has_postgres says whether server programs of PostgreSQL 15 or newer are here, where
# `aerostic dev` looks for them.
has_postgres() {
	local dir major
	for dir in $(command -v postgres >/dev/null && dirname "$(command -v postgres)") \
		$(command -v pg_config >/dev/null && pg_config --bindir) \
		/usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin; do
		[ -x "$dir/postgres" ] && [ -x "$dir/initdb" ] || continue
		major=$("$dir/postgres" --version | sed -E 's/[^0-9]*([0-9]+).*/\1/')
		[ "$major" -ge 15 ] && return 0
	done
	return 1
}

# postgres_package names the oldest version that will do, so that all machines agree, where
# the distribution has it.
postgres_package() {
	if apt-cache show postgresql-15 >/dev/null 2>&1; then echo postgresql-15; else echo postgresql; fi
}

has_compiler() { # the race detector is C
	command -v "${CC:-gcc}" >/dev/null || command -v clang >/dev/null || return 1
	[ -e /usr/include/stdlib.h ] || [ "$(uname)" = Darwin ]
}

# has_chromium says whether a browser is here that web/e2e/playwright.config.ts takes.
has_chromium() {
	if [ -n "${CHROMIUM:-}" ]; then [ -x "$CHROMIUM" ]; else [ -x /usr/bin/chromium-headless-shell ] || [ -x /usr/bin/chromium ]; fi
}

# smaller names the browser without windows in the place of the whole one, where the
# distribution has it: it shows the tests the same, for half of the work.
smaller() {
	local name
	for name in "$@"; do
		if [ "$name" = chromium ] && apt-cache show chromium-headless-shell >/dev/null 2>&1; then name=chromium-headless-shell; fi
		echo "$name"
	done
}

check_tool() { command -v "$1" >/dev/null || fail "$1 is not installed: install $2 first."; }

check_tool go "Go 1.26 or newer (https://go.dev/dl)"
check_tool node "Node.js 20.19 or newer"
check_tool npm "npm"
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a == 22 && b >= 12) || (a == 20 && b >= 19) ? 0 : 1)' \
	|| fail "Node.js $(node --version) is too old for the web app's build: install 20.19 or newer, or 22.12 or newer."

has_postgres || missing+=("$(postgres_package)")
if [ "$purpose" = test ]; then
	has_compiler || missing+=(gcc libc6-dev)
	has_chromium || missing+=(chromium)
fi
[ ${#missing[@]} -eq 0 ] && exit 0

command -v apt-get >/dev/null || fail "Missing: ${missing[*]}. There is no apt-get here; install them by your system's means (PostgreSQL 15 or newer), or set DATABASE_URL and CHROMIUM."
sudo=
if [ "$(id -u)" -ne 0 ]; then
	command -v sudo >/dev/null || fail "Missing: ${missing[*]}. As root, run: apt-get install ${missing[*]}"
	sudo=sudo
fi

echo "==> Installing ${missing[*]} with apt-get${sudo:+ (sudo may ask for your password)}"
if [[ " ${missing[*]} " == *" postgresql"* ]] && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
	echo "    The server's programs only: Debian's own cluster on port 5432 is not created"
	echo "    (create_main_cluster = false in /etc/postgresql-common/createcluster.conf)."
	$sudo mkdir -p /etc/postgresql-common
	echo "create_main_cluster = false" | $sudo tee /etc/postgresql-common/createcluster.conf >/dev/null
fi
$sudo apt-get update -qq
mapfile -t missing < <(smaller "${missing[@]}")
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	-o Dpkg::Options::=--force-confold "${missing[@]}" >/dev/null
has_postgres || fail "apt-get installed a PostgreSQL older than 15: install a newer one, or set DATABASE_URL."
echo "    Installed ${missing[*]}"
