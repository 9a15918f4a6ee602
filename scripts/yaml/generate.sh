#!/bin/sh
# Writes test/manifest/yaml/facts.jsonl anew: what kubectl reads in each of its documents. See README.md.
set -eu
cd "$(dirname "$0")"
go run . -facts ../../test/manifest/yaml/facts.jsonl
