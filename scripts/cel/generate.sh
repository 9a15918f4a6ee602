#!/bin/sh
# Writes test/cel/table anew: evaluates its expressions as the API server of a release does. See README.md.
set -eu
cd "$(dirname "$0")"
table=../../test/cel/table
go run . -release "${1:-1.36}" -expressions $table/expressions.txt \
  -verdicts $table/verdicts.jsonl -declarations $table/declarations.jsonl
