#!/bin/sh
# Writes test/apiserver/patch/facts.jsonl anew: what becomes of random objects with client-side apply. See README.md.
set -eu
cd "$(dirname "$0")"
go run . -facts ../../test/apiserver/patch/facts.jsonl
