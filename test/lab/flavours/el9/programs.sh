#!/bin/bash
# Sourced: reads programs.txt.

# Out of everybody's way, and of PATH.
readonly hidden_programs=/usr/lib/debian-programs

# A line for each program: its package, where EL has it, where Debian has it, and where the root keeps it.
programs() {
  local package path from kept
  sed -e '/^#/d' "$(dirname "${BASH_SOURCE[0]}")/programs.txt" | while read -r package path from; do
    from=${from:-$path}
    kept=$from
    case ${from%/*} in /usr/bin | /usr/sbin) kept=$hidden_programs/${from##*/} ;; esac
    echo "$package $path $from $kept"
  done
}
