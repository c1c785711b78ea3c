#!/bin/bash
# Builds the packages of EL for a lab's hosts, and a dnf repository of them.
#
#   packages.sh OUTDIR
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$here/programs.sh"

# The files, a link for each program, and for each package the list of its links.
prepare() {
  local package path from kept
  cp -r "$here/files" "$work/tree"
  mkdir "$work/lists"
  find "$work/tree" -type f -exec chmod 644 {} +
  find "$work/tree" -type d -exec chmod 755 {} +
  programs | while read -r package path from kept; do
    mkdir -p "$work/tree/${path%/*}"
    ln -s "$kept" "$work/tree$path"
    echo "$path" >>"$work/lists/$package"
  done
}

prepare
rpmbuild -bb --quiet --define "_topdir $work" --define "_rpmdir $out" --define '_rpmfilename %%{NAME}.rpm' \
  --define "tree $work/tree" --define "lists $work/lists" "$here/packages.spec"
createrepo_c --quiet "$out"
