#!/usr/bin/env bash
# enter-root.sh ROOT DIRECTORY... -- COMMAND...: runs COMMAND in ROOT, in the first DIRECTORY, with every DIRECTORY
# seen at its own path. Wants a mount namespace of its own: what it mounts ends with the command.
set -euo pipefail
root=$1 directory=$2
shift
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/tmp"
while [[ $1 != -- ]]; do
  mkdir -p "$root$1"
  mount --bind "$1" "$root$1"
  shift
done
shift
exec chroot "$root" env --chdir="$directory" "$@"
