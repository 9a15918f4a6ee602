#!/bin/sh
# Writes lib/kube/schema/data anew: collects the facts of every release in releases.txt, each against its own
# versions of the Kubernetes modules, and merges them. The facts of a release are kept in .cache/schema until the
# collector changes. See README.md.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
kept=../../.cache/schema/$(cat collect/*.go go.mod | sha256sum | cut -c1-16)
mkdir -p "$kept"
kept=$(cd "$kept" && pwd)

facts=''
gates=''
gated=''
while read -r version; do
  minor=${version%.*}
  # The server itself is only read, not built: its OpenAPI document, its gates, and which beta versions it serves.
  server=$(cd "$work" && go mod download -json "k8s.io/kubernetes@v$version" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')
  facts="$facts $minor=$kept/$version.json"
  gates="$gates $minor=$server"
  for module in apiserver apiextensions-apiserver; do
    gates="$gates,$(cd "$work" && go mod download -json "k8s.io/$module@v0.${version#1.}" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')"
  done
  gated="$gated $minor=$server"
  for module in api apiextensions-apiserver apimachinery; do
    gated="$gated,$(cd "$work" && go mod download -json "k8s.io/$module@v0.${version#1.}" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')"
  done
  if [ -e "$kept/$version.json" ]; then continue; fi
  mkdir "$work/$minor"
  modfile=$work/$minor/go.mod
  {
    printf 'module seaworthy/schema\n\ngo 1.26\n\nrequire (\n'
    for module in api apiextensions-apiserver apimachinery client-go kube-aggregator; do
      printf '\tk8s.io/%s v0.%s\n' "$module" "${version#1.}"
    done
    printf ')\n'
  } >"$modfile"
  echo "Kubernetes $version" >&2
  go mod tidy -modfile "$modfile" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
  go run -modfile "$modfile" ./collect -modfile "$modfile" -server "$server" >"$work/$minor/facts.json"
  mv "$work/$minor/facts.json" "$kept/$version.json"
done <releases.txt

# shellcheck disable=SC2086 # one argument for each release
go run ./merge -history history.json -out ../../lib/kube/schema/data $facts
# shellcheck disable=SC2086
go run ./gates -out ../../lib/kube/schema/data/gates.json $gates
# shellcheck disable=SC2086
go run ./gated -out ../../lib/kube/schema/data -markers ../../test/kube/gated-markers.json $gated

{
  echo '/** Every Kubernetes release whose API is known here, oldest first. Written by scripts/schema/generate.sh. */'
  echo 'export const releases = ['
  sed "s/^\(.*\)\.[0-9]*$/  '\1',/" releases.txt
  echo '] as const;'
} >../../lib/kube/schema/releases.ts
