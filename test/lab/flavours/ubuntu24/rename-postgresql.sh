#!/usr/bin/env bash
# rename-postgresql.sh FROM TO OUTDIR DEB...
#
# Repacks Debian's packages of PostgreSQL FROM under the names and paths that version TO has: postgresql-TO,
# /usr/lib/postgresql/TO. Their maintainer scripts take the version from the package's name, so they make the cluster
# TO/main by themselves. The server is still FROM, and says so: it looks for its own files under that number, by a link.
set -euo pipefail
from=$1 to=$2 out=$3
shift 3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

rename() {
  local tree=$1 path
  rm -rf "$tree/usr/share/locale" "$tree/usr/share/lintian" "$tree/DEBIAN/md5sums"
  find "$tree" -depth -mindepth 1 \( -name "$from" -o -name "postgresql*-$from" \) | while read -r path; do
    mv "$path" "${path%"$from"}$to"
  done
  sed -i -e "s/\(postgresql[a-z-]*\)-$from\b/\1-$to/g" -e "s/PostgreSQL $from\b/PostgreSQL $to/" \
    -e "s/^Version: /&$to~standin+/" -e 's/^Description: /&stand-in of a lab: /' "$tree/DEBIAN/control"
}

for deb; do
  tree=$work/$(basename "$deb" .deb)
  dpkg-deb --raw-extract "$deb" "$tree"
  rename "$tree"
  # The server depends on the client, so one of them brings the links.
  if [[ $(basename "$deb") == postgresql-client-* ]]; then
    for place in lib share; do ln -s "$to" "$tree/usr/$place/postgresql/$from"; done
  fi
  # Not compressed: it is read once or twice, from this disk.
  dpkg-deb --root-owner-group -Znone --build "$tree" "$out" >/dev/null
done
