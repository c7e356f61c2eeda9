# The two commands: `make run` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory --no-builtin-rules

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -X github.com/aerostic/aerostic/internal/app.Version=$(VERSION)
TESTPG  := go run ./internal/platform/db/dbtest/cmd/testpg --
STEP    := scripts/step.sh
# The race detector has every test program wait for a second at its end, for races yet to be told;
# with a program for each of some sixty packages that is felt.
RACE    := GORACE=atexit_sleep_ms=100
# A third of what compilers and checkers do is to collect garbage that would fit into memory.
lint build test-race test-plain test-web: export GOGC = 400

WEB_PAGE    := web/apps/app/dist/index.html
WEB_MODULES := web/node_modules/.installed
WEB_SOURCES := $(shell find web/apps web/packages web/scripts web/*.json -type f \
	-not -path '*/node_modules/*' -not -path '*/dist/*' -not -name '*.test.ts*' 2>/dev/null)

.PHONY: help run build web test test-fast test-go test-race test-plain test-web test-e2e lint format golden generate check-generated schema \
	install install-test clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

run: install build ## build everything and start it with demo data: make run ARGS='--addr 127.0.0.1:9000'
	@exec bin/aerostic dev $(ARGS)

build: web ## make bin/aerostic, the web app inside
	@$(STEP) "Building bin/aerostic" go build -ldflags '$(LDFLAGS)' -o bin/aerostic ./cmd/aerostic

web: $(WEB_PAGE) ## build the web app, if its sources changed

$(WEB_MODULES): web/package.json web/package-lock.json $(wildcard web/apps/*/package.json web/packages/*/package.json)
	@$(STEP) "Installing the web app's packages" npm --prefix web ci --no-audit --no-fund --loglevel=error
	@touch $@

$(WEB_PAGE): $(WEB_MODULES) $(WEB_SOURCES)
	@$(STEP) "Building the web app" npm --prefix web run --silent build
	@touch $@

# The web app comes first: the packages that embed it are compiled once.
test: install-test web lint build check-generated test-go test-web test-e2e ## everything, as CI does
	@echo "All tests passed."

# With -race, what these compile the tests need anyway.
lint: ## formatting, go vet, staticcheck
	@$(STEP) "Formatting" scripts/gofmt.sh
	@$(STEP) "go vet" go vet -race ./...
	@$(STEP) "staticcheck" env GOFLAGS=-race $$(go tool -n staticcheck) ./...

test-go: test-race test-plain ## all Go tests

test-race: build ## Go tests with the race detector, against one PostgreSQL
	@$(RACE) AEROSTIC_BIN=$(CURDIR)/bin/aerostic $(STEP) "Go tests" $(TESTPG) go test -race -p 3 -vet=off -timeout 20m ./...

test-plain: ## Go tests that have no race
	@$(STEP) "Go tests that have no race" scripts/plain-tests.sh

test-web: $(WEB_MODULES) ## the web app's lint, types and unit tests
	@$(STEP) "Web checks" npm --prefix web run --silent check

test-e2e: build ## browser tests against a fresh `aerostic dev`
	@AEROSTIC_BIN=$(CURDIR)/bin/aerostic $(STEP) "Browser tests" npm --prefix web run --silent e2e

test-fast: ## one package's tests, without the race detector: make test-fast PKG=./internal/feature/contact
	@test -n "$(PKG)" || { echo "Say which: make test-fast PKG=./internal/feature/contact"; exit 2; }
	go test $(PKG) $(ARGS)

format: $(WEB_MODULES) ## format Go and TypeScript
	gofmt -w cmd internal migrations web/embed.go
	npm --prefix web run --silent format

golden: ## rewrite the golden cases and migrations/schema.sql; then read the diff
	UPDATE_GOLDEN=1 $(TESTPG) go test ./internal/... && git --no-pager diff --stat

generate: $(WEB_MODULES) ## the API's document and the web app's typed client, from the routes
	UPDATE_GOLDEN=1 go test -count=1 -run '^TestOpenAPIFile$$' ./internal/app
	npm --prefix web run --silent generate

check-generated: $(WEB_MODULES) build
	@$(STEP) "Generated files" scripts/check-generated.sh

schema: ## rewrite migrations/schema.sql from the migrations
	UPDATE_GOLDEN=1 go test -count=1 -run '^TestSchemaFile$$' ./internal/app

install: ## install what running needs and this machine lacks
	@scripts/install.sh run

install-test: ## install what testing needs and this machine lacks
	@scripts/install.sh test

clean: ## remove what was built; the data folder stays
	rm -rf bin web/node_modules web/apps/app/dist/assets web/apps/app/dist/index.html*
