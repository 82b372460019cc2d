# Everything here needs Go, and a shell; nothing needs a network once the modules are downloaded.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all
MAKEFLAGS += --warn-undefined-variables
MAKEFLAGS += --no-builtin-rules
MAKEFLAGS += --no-print-directory

# What is generated and committed: every folder below these that holds a pantograph.yaml.
GENERATED := generated conformance/consumer conformance/bench
# How often contenders take turns.
ROUNDS ?= 6
# How long each fuzz target runs (a time, or 10000x for a number of runs), which of them, and which benchmarks.
FUZZTIME ?= 5s
FUZZ ?= ^Fuzz
BENCH ?= .
PKG ?= ./...
# A folder of OpenAPI documents, with an index.json or without, and which of them.
CORPUS ?=
ONLY ?=
# A document to profile, and the folder that it may refer to where that is not its own.
SPEC ?=
ROOT ?=
# The folder tests/draft2020-12 of the JSON-Schema-Test-Suite.
SUITE ?=

# Go files of ours, but for the deliberately odd ones in testdata.
gofiles = $(shell find . -name '*.go' -not -path '*/testdata/*' -not -path './.git/*')

.PHONY: help
help: ## List the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST) | sort

.PHONY: all
all: checkgenerate lint test ## Everything a change has to pass (default)

.PHONY: demo
demo: ## Generate a client and watch it work
	@go run ./conformance/demo

.PHONY: generate
generate: ## Regenerate what is generated and committed
	go generate ./generator/internal/runtime
	go run ./cmd/pantograph gen $(GENERATED)
	go test -count=1 ./conformance -run '^TestTheExamplesOfPacksAreUpToDate$$' -update-packs

.PHONY: checkgenerate
checkgenerate: ## Fail when what is committed is not what would be generated
	go run ./cmd/pantograph check $(GENERATED)

.PHONY: test
test: ## Vet, and run all tests; the consumer module is one of them
	go vet ./...
	go test -timeout 20m ./...

.PHONY: packs
packs: ## Vet and test the examples of packs, modules of their own (what they require is downloaded once)
	@for dir in docs/packs/*/; do echo "$$dir"; (cd "$$dir" && go vet ./... && go test ./...) || exit 1; done

.PHONY: race
race: ## Run all tests with the race detector (needs a C compiler)
	go test -race $(PKG)

.PHONY: suite
suite: ## Run the JSON-Schema-Test-Suite, whose folder tests/draft2020-12 is SUITE
	@$(if $(SUITE),,echo "say where it is: make suite SUITE=DIR"; exit 2)
	@JSON_SCHEMA_TEST_SUITE='$(abspath $(SUITE))' go test -count=1 -run 'TestSuite' -v ./generator/internal/rules/eval ./generator/internal/rules/schematext ./generator | grep -v '^=== '

.PHONY: rules-report
rules-report: ## Say what becomes of each rule of a reference: checked, told by the server, observed, documented, contradicted
	@go test -count=1 -run '^TestRulesReport$$' -v ./conformance/huaweicloud ./conformance/otc ./conformance/rackspace | grep -v '^=== '

.PHONY: mutants
mutants: ## Break the rules of our documents in every small way, one at a time, and see that a judged request notices
	@go test -count=1 -run '^TestCasesNoticeWrongRules$$' -v ./generator/internal/rules/cel | grep -v '^=== '

.PHONY: conformance
conformance: ## Run the conformance tests alone
	go test -count=1 ./conformance/...

.PHONY: corpus
corpus: ## Generate, build, vet and measure a client of each document in CORPUS; ONLY chooses
	@$(if $(CORPUS),,echo "say which documents: make corpus CORPUS=DIR [ONLY=name,name]"; exit 2)
	@go run ./conformance/corpus -dir $(CORPUS) -only '$(ONLY)'

.PHONY: corpus-peers
corpus-peers: ## The same, compared with oapi-codegen in the same run (its modules are downloaded)
	@$(if $(CORPUS),,echo "say which documents: make corpus-peers CORPUS=DIR [ONLY=name,name]"; exit 2)
	@go run ./conformance/corpus -dir $(CORPUS) -only '$(ONLY)' -peer conformance/peers

.PHONY: wire
wire: ## Call every operation of each document in CORPUS, against a server that checks requests and answers all that is documented
	@$(if $(CORPUS),,echo "say which documents: make wire CORPUS=DIR [ONLY=name,name]"; exit 2)
	@go run ./conformance/wire -dir $(CORPUS) -only '$(ONLY)'

.PHONY: live
live: ## Drive servers of others: Alertmanager, Keystone, and Prism as judge of the curated documents and some of CORPUS (downloads them to bin/live once)
	@go run ./conformance/live -corpus '$(CORPUS)'

.PHONY: browser
browser: ## Look at the report of diff and the reference of the pack docs in headless Chromium (unpacks it to bin/live once); pictures in bin/browser
	@cd conformance/browser && go test -count=1 .

.PHONY: lint
lint: ## gofmt, vet, staticcheck
	@unformatted=$$(gofmt -l $(gofiles)); if [[ -n $$unformatted ]]; then \
		echo "not formatted as gofmt does:"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	go tool staticcheck ./...

.PHONY: fuzz
fuzz: ## Run each fuzz target for FUZZTIME (5s); FUZZ and PKG choose
	@go test -list '$(FUZZ)' $(PKG) \
		| awk '/^Fuzz/ {names[++n] = $$1} /^ok/ {for (i = 1; i <= n; i++) print $$2, names[i]; n = 0}' \
		| while read -r package name; do \
			echo "$$name ($$package)"; \
			go test -run '^$$' -fuzz "^$$name$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x "$$package"; \
		done

.PHONY: bench
bench: ## Measure generated clients beside other ways to read and write JSON, and write docs/performance.md; ROUNDS (6)
	@mkdir -p bin && rm -f bin/bench.txt
	@cd conformance/bench && go test . && go test -c -o ../../bin/bench.test .
	@for round in $$(seq $(ROUNDS)); do echo "round $$round of $(ROUNDS)"; \
		(cd conformance/bench && for b in $$(../../bin/bench.test -test.list '^Benchmark'); do \
			../../bin/bench.test -test.run '^$$' -test.bench "^$$b$$" -test.benchtime 100ms || exit 1; done) >> bin/bench.txt || exit 1; done
	@echo "compile cost" && go run ./conformance/compilecost >> bin/bench.txt
	@cd conformance/bench && go tool benchstat ../../bin/bench.txt > ../../bin/benchstat.txt && go run ./report ../../bin/bench.txt
	@echo "bin/benchstat.txt docs/performance.md"

.PHONY: microbench
microbench: ## Run the benchmarks beside the code; BENCH and PKG choose
	go test -run '^$$' -bench '$(BENCH)' -benchmem $(PKG)

.PHONY: profile
profile: ## Say what each stage of the generator takes for SPEC, below ROOT, in CPU and memory, and leave profiles in bin
	@$(if $(SPEC),,echo "say which document: make profile SPEC=FILE [ROOT=DIR]"; exit 2)
	@go run ./conformance/stages -spec '$(SPEC)' -root '$(ROOT)'

.PHONY: cover
cover: ## Test coverage by package, whichever test reaches it, and bin/cover.html
	@mkdir -p bin
	@go test -coverpkg=./generator/...,./generated/... -coverprofile=bin/cover.prof ./... \
		| { grep -v '^ok\|no test files\|0.0% of statements$$' || true; }
	@awk 'FNR > 1 {if ($$3 > 0) hit[$$1] = 1; size[$$1] = $$2} \
		END {for (b in size) {p = b; sub("/[^/]*$$", "", p); all[p] += size[b]; if (b in hit) got[p] += size[b]} \
			for (p in all) printf "%5.1f %%  %s\n", 100 * got[p] / all[p], p}' bin/cover.prof | sort -k 3
	@go tool cover -html=bin/cover.prof -o bin/cover.html

.PHONY: vuln
vuln: ## Look for known vulnerabilities; passes with a note where the database cannot be reached
	@status=0; output=$$(go tool govulncheck ./... 2>&1) || status=$$?; echo "$$output"; \
	if [[ $$status -ne 0 && $$output == *"fetching vulnerabilities:"* ]]; then \
		echo "not checked: the vulnerability database cannot be reached from here"; exit 0; fi; \
	exit $$status

.PHONY: stdlib
stdlib: ## Write anew what verification knows of the standard library
	go generate ./generator/internal/verify/stdlib

.PHONY: ci
ci: ## What the continuous integration runs
	@bash .ci/run
