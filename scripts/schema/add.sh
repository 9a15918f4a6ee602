#!/bin/sh
# Adds a Kubernetes release, or takes another patch of one: npm run kube:release -- 1.38.0
# Writes the data and the generated docs, the page of the release, and what changed upstream. See README.md.
set -eu
version=${1:-}
case $version in
  1.[0-9]*.[0-9]*) ;;
  *)
    echo 'usage: npm run kube:release -- VERSION, such as 1.38.0' >&2
    exit 2
    ;;
esac
cd "$(dirname "$0")"
minor=${version%.*}
before=1.$((${minor#1.} - 1))

grep -v "^$minor\\." releases.txt >releases.new || true
echo "$version" >>releases.new
sort -t. -k2,2n releases.new >releases.txt
rm releases.new
./generate.sh

cd ../..
page=docs/reference/releases/$minor.md
if [ ! -e "$page" ]; then
  sed "s/RELEASE/$minor/g" scripts/schema/release-page.md >"$page"
fi
npm run --silent docs >/dev/null
mkdir -p .cache
npm run --silent kube:changes -- "$before" "$minor" --diff >.cache/kube-changes.txt || true
tail -n 1 .cache/kube-changes.txt
echo "Read .cache/kube-changes.txt and change the rules that it names; then write $page, and the release in README.md."
