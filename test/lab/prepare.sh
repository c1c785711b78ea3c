#!/usr/bin/env bash
# prepare.sh [--flavours | FLAVOUR...]
#
# Prepares a bare Debian 12 for the lab and for the Ansible tests. Safe to repeat: what is built is kept under
# ${XCATHA_LAB_DIR:-/var/tmp/xcatha-lab}, each piece beside a stamp of what it was made from, and is made again
# only when that changes. See README.md for what each piece is for. Hosts of other systems are made only for who
# names them, or asks for all of them with --flavours. With XCATHA_LAB_XCAT=DIR, a folder of xCAT's own packages, it
# makes a repository of those as well, beside the stand-in's.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive LC_ALL=C

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
lab=${XCATHA_LAB_DIR:-/var/tmp/xcatha-lab}
# Each is made by the function prepare_NAME.
flavours=(debian11 debian13 ubuntu24)

say() { printf 'lab: %s\n' "$*"; }
fail() { printf 'lab: %s\n' "$*" >&2; exit 1; }

# The package names of the given lists, one a line.
packages() {
  local list
  for list in "$@"; do
    sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$here/packages/$list.txt"
  done
}

commas() { paste -sd,; }

# One hash over the given files and this script.
fingerprint() { cat "$here/prepare.sh" "$@" | sha256sum | cut -c1-32; }

is_fresh() { [[ -e $1 && -f $1.stamp && $(cat "$1.stamp") == "$2" ]]; }

check_machine() {
  local missing=()
  [[ $(id -u) -eq 0 ]] || missing+=("root (it makes network namespaces, mounts and booted hosts)")
  [[ -f /etc/debian_version && $(. /etc/os-release && echo "${VERSION_ID:-}") == 12 ]] ||
    missing+=("Debian 12 (its ansible-core 2.14 is the lower end of the tested range)")
  command -v apt-get >/dev/null || missing+=("apt-get")
  if ((${#missing[@]})); then
    printf -v lines '  - %s\n' "${missing[@]}"
    fail "this machine cannot run the lab. What is missing:
$lines"
  fi
}

install_control_packages() {
  local wanted absent
  wanted=$(packages control)
  absent=$(for name in $wanted; do
    dpkg-query -W -f '${db:Status-Status}\n' "$name" 2>/dev/null | grep -qx installed || echo "$name"
  done)
  [[ -n $absent ]] || return 0
  say "installs on this machine: $(echo $absent)"
  apt-get update -qq
  # shellcheck disable=SC2086 # a list of names
  apt-get install -y -qq --no-install-recommends $absent >"$lab/log/control.log" 2>&1 ||
    { tail -20 "$lab/log/control.log" >&2; fail "apt-get could not install them; the log is $lab/log/control.log"; }
}

# produce NAME FINGERPRINT COMMAND...: runs COMMAND with a fresh directory and puts that in place as $lab/NAME.
produce() {
  local name=$1 stamp=$2 started=$SECONDS
  shift 2
  is_fresh "$lab/$name" "$stamp" && return 0
  refuse_while_mounted "$name"
  say "builds $name"
  rm -rf --one-file-system "$lab/$name" "$lab/$name.stamp" "$lab/$name.new"
  mkdir -p "$lab/$name.new"
  "$@" "$lab/$name.new" >"$lab/log/$name.log" 2>&1 </dev/null ||
    { tail -20 "$lab/log/$name.log" >&2; fail "$name could not be built; the log is $lab/log/$name.log"; }
  mv "$lab/$name.new" "$lab/$name"
  echo "$stamp" >"$lab/$name.stamp"
  say "built $name in $((SECONDS - started)) s"
}

# A root must not change below the hosts of a lab that runs on it.
refuse_while_mounted() {
  ! grep -qE "lowerdir=$lab/$1[,:]| $lab/$1/" /proc/mounts ||
    fail "$1 is out of date, but a lab still runs on it: end that lab first (npm run lab -- list)"
}

# Installed packages must not start their services in a root that is not booted.
forbid_starts() { printf '#!/bin/sh\nexit 101\n' >"$1/usr/sbin/policy-rc.d" && chmod 755 "$1/usr/sbin/policy-rc.d"; }
allow_starts() { rm "$1/usr/sbin/policy-rc.d"; }

# A container may not set the machine's clock, and Debian's unit does not start where it cannot: chronyd answers its
# clients and measures its servers, but leaves the clock alone.
free_chrony_of_the_clock() {
  local directory=$1/etc/systemd/system/chrony.service.d
  mkdir -p "$directory"
  printf '%s\n' '[Unit]' ConditionCapability= '[Service]' ExecStart= \
    'ExecStart=!/usr/sbin/chronyd -x $DAEMON_OPTS' >"$directory/lab.conf"
}

# build_host SUITE ROOT: the bare host, of that suite of Debian.
build_host() {
  local suite=$1 root=$2
  mmdebstrap --variant=minbase --include="$(packages host | commas)" \
    --dpkgopt=force-unsafe-io --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --aptopt='APT::Install-Recommends "false"' "$suite" "$root"
  # The setting is for the bare host alone: what is installed on it brings its recommendations, as on any Debian.
  rm "$root/etc/apt/apt.conf.d/99mmdebstrap"
  echo 'deb [trusted=yes] file:/srv/xcat-repo ./' >"$root/etc/apt/sources.list"
  rm -rf "$root"/var/lib/apt/lists/* "$root"/etc/ssh/ssh_host_*
  mkdir -p "$root/srv/xcat-repo" "$root/root/.ssh"
  chmod 700 "$root/root/.ssh"
  # Empty, not absent: without the file systemd takes a boot for the first one and enables every unit again.
  : >"$root/etc/machine-id"
  : >"$root/etc/resolv.conf"
  printf 'PermitRootLogin prohibit-password\nPasswordAuthentication no\nUseDNS no\n' >"$root/etc/ssh/sshd_config.d/lab.conf"
  mkdir -p "$root/etc/systemd/journald.conf.d"
  printf '[Journal]\nStorage=volatile\n' >"$root/etc/systemd/journald.conf.d/lab.conf"
  free_chrony_of_the_clock "$root"
  cp "$here/host-files/xcatha_lab_zipimport.py" "$root/usr/lib/python3/dist-packages/"
  echo 'import xcatha_lab_zipimport' >"$root/usr/lib/python3/dist-packages/xcatha_lab_zipimport.pth"
  # Otherwise the first login would, and a check that changes nothing would seem to.
  chroot "$root" python3 -m compileall -q /usr/lib/python3/dist-packages/xcatha_lab_zipimport.py
  chroot "$root" systemctl enable -q ssh
  chroot "$root" systemctl mask -q getty.target console-getty.service systemd-timesyncd.service
  # What a test finds on a host, nobody but the test's own run did: nothing of the distribution runs by the clock.
  chroot "$root" systemctl mask -q {apt-daily,apt-daily-upgrade,dpkg-db-backup,e2scrub_all,fstrim,logrotate,phpsessionclean}.timer
}

# build_archive SUITE HOST LISTS DIRECTORY [REPOSITORY NAMES]: every package that such a host may ask for, with what it
# depends on beyond the bare host; and what the named packages of a repository depend on.
build_archive() {
  local suite=$1 host=$2 lists=$3 directory=$4 own=${5:-} names=${6:-} apt=$4/apt
  mkdir -p "$apt"/{state/lists/partial,cache/archives/partial} "$directory/debian"
  local part signed='[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]'
  for part in "debian:$suite" "debian:$suite-updates" "debian-security:$suite-security"; do
    echo "deb $signed http://deb.debian.org/${part%%:*} ${part#*:} main"
  done >"$apt/sources.list"
  [[ -z $own ]] || echo "deb [trusted=yes] file:$own ./" >>"$apt/sources.list"
  local options=(-o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o Dir::State="$apt/state" -o Dir::State::status="$host/var/lib/dpkg/status" -o Dir::Cache="$apt/cache"
    -o APT::Sandbox::User=root -o APT::Install-Recommends=false -o Acquire::Languages=none)
  apt-get "${options[@]}" update
  # shellcheck disable=SC2046,SC2086 # lists of names
  apt-get "${options[@]}" install -y --download-only $(packages $lists) $names
  mv "$apt"/cache/archives/*.deb "$directory/debian/"
  rm -rf "$apt"
  cd "$directory"
  dpkg-scanpackages --multiversion debian >Packages
}

# build_repository ARCHIVE DIRECTORY: the archive together with the stand-in's packages, as the hosts see it at
# /srv/xcat-repo.
build_repository() {
  local archive=$1 directory=$2
  cp -al "$archive/debian" "$directory/debian"
  cp "$archive/Packages" "$directory/Packages"
  [[ -x $here/xcat/build.sh ]] || return 0
  "$here/xcat/build.sh" "$directory/xcat"
  cd "$directory"
  dpkg-scanpackages --multiversion xcat >>Packages
  [[ $archive == "$lab/archive" ]] || return 0
  "$here/flavours/el9/packages.sh" "$directory/rpm"
  "$here/xcat/build-rpm.sh" "$directory/xcat-rpm"
}

# with_repository ROOT COMMAND...: runs a command while the repository is mounted in the root, and what programs need.
with_repository() {
  # A namespace of its own, so that the bind mount ends with it whatever happens.
  unshare --mount --propagation private bash -euc '
    root=$1; shift
    mount --bind -o ro "$0" "$root/srv/xcat-repo"
    mount -t proc proc "$root/proc"
    mount --bind /dev "$root/dev"
    "$@"
  ' "$lab/repository" "$@"
}

install_packages() {
  local root=$1
  shift
  forbid_starts "$root"
  with_repository "$root" chroot "$root" apt-get update
  with_repository "$root" chroot "$root" apt-get install -y --no-install-recommends "$@"
  with_repository "$root" chroot "$root" apt-get clean
  allow_starts "$root"
}

build_services() {
  local root=$1
  cp -a "$lab/host/." "$root"
  # shellcheck disable=SC2046 # a list of names
  install_packages "$root" $(packages services)
  rm -rf "$root"/var/lib/apt/lists/*
  disable_services "$root"
}

disable_services() {
  local units=(apache2 chrony conserver-server isc-dhcp-server mariadb named postgresql tftpd-hpa)
  chroot "$1" systemctl disable -q "${units[@]}"
}

# EL's names and paths, over the Debian programs of the services root.
build_el9() {
  local root=$1
  cp -a --reflink=auto "$lab/services/." "$root"
  # shellcheck disable=SC2046 # a list of names
  install_packages "$root" $(packages el9)
  with_repository "$root" "$here/flavours/el9/root.sh" "$root"
}

# What the playbooks can tell from Debian 12: the name of the system, a resolver that owns /etc/resolv.conf, AppArmor.
build_ubuntu_host() {
  local root=$1
  cp -a "$lab/host/." "$root"
  # shellcheck disable=SC2046 # a list of names
  install_packages "$root" $(packages ubuntu24)
  rm -rf "$root"/var/lib/apt/lists/*
  cp "$here/flavours/ubuntu24/os-release" "$root/usr/lib/os-release"
  echo trixie/sid >"$root/etc/debian_version"
  ln -sfn ../run/systemd/resolve/stub-resolv.conf "$root/etc/resolv.conf"
}

# The same packages, but for PostgreSQL, which has Ubuntu's name and paths.
build_ubuntu_repository() {
  local directory=$1
  cp -al "$lab/repository"/{debian,xcat} "$directory"
  awk -v RS= -v ORS='\n\n' '!/^Package: postgresql(-15|-client-15)?\n/' "$lab/repository/Packages" >"$directory/Packages"
  mkdir "$directory/ubuntu24"
  "$here/flavours/ubuntu24/rename-postgresql.sh" 15 16 "$directory/ubuntu24" "$directory"/debian/postgresql-{,client-}15_*.deb
  cd "$directory"
  dpkg-scanpackages --multiversion ubuntu24 >>Packages
}

build_lint() {
  mmdebstrap --variant=minbase --include="$(packages lint | commas)" \
    --dpkgopt=force-unsafe-io --aptopt='APT::Install-Recommends "false"' trixie "$1"
}

# A name for what the folder of xCAT's packages holds; harness/paths.ts makes the same.
real_xcat() { (cd "$XCATHA_LAB_XCAT" && sha256sum -- *.deb | sha256sum | cut -c1-12); }

# build_real_archive DIRECTORY: Debian's packages that xCAT's need, beyond what hosts may ask for anyway.
build_real_archive() {
  local directory=$1 names
  mkdir -p "$directory/xcat"
  cp "$XCATHA_LAB_XCAT"/*.deb "$directory/xcat/"
  (cd "$directory" && dpkg-scanpackages --multiversion xcat >Packages)
  names=$(packages xcat)
  build_archive bookworm "$lab/host" "services archive" "$directory" "$directory" "$names"
}

# build_real_repository ARCHIVE DIRECTORY: what the hosts see in place of the stand-in's repository.
build_real_repository() {
  local archive=$1 directory=$2
  cp -al "$archive/debian" "$directory/debian"
  cp -al "$archive/xcat" "$directory/xcat"
  cd "$directory"
  dpkg-scanpackages --multiversion . >Packages
}

prepare_real_xcat() {
  compgen -G "$XCATHA_LAB_XCAT/xcat_*.deb" >/dev/null || fail "XCATHA_LAB_XCAT: there is no package of xCAT in $XCATHA_LAB_XCAT"
  local name
  name=$(real_xcat)
  produce "archive-$name" "$(cd "$here/packages" && fingerprint host.txt services.txt archive.txt xcat.txt)" build_real_archive
  produce "repository-$name" "$(cat "$lab/archive-$name.stamp")" build_real_repository "$lab/archive-$name"
}

# produce_hosts SUITE SUFFIX LIST...: bare hosts of that suite, and a repository of what the lists name. The names of the
# pieces end with SUFFIX.
produce_hosts() {
  local suite=$1 suffix=$2 lists=("${@:3}") directory=$here/packages
  produce "host$suffix" "$(fingerprint "$directory/host.txt" "$here/host-files/xcatha_lab_zipimport.py")" \
    build_host "$suite"
  produce "archive$suffix" "$(cd "$directory" && fingerprint host.txt "${lists[@]/%/.txt}")" \
    build_archive "$suite" "$lab/host$suffix" "${lists[*]}"
  # shellcheck disable=SC2046 # a list of files
  produce "repository$suffix" "$(fingerprint "$lab/archive$suffix/Packages" $(files_of xcat flavours/el9))" \
    build_repository "$lab/archive$suffix"
}

build_host_side() {
  produce_hosts bookworm "" services archive el9 ubuntu24
  produce services "$(cat "$lab/archive.stamp")" build_services
  # shellcheck disable=SC2046 # a list of files
  produce el9 "$(fingerprint "$lab/repository.stamp" "$lab/services.stamp" $(files_of flavours/el9))" build_el9
}

prepare_ubuntu24() {
  local own=$here/flavours/ubuntu24
  produce host-ubuntu24 "$(fingerprint "$lab/archive.stamp" "$own/os-release")" build_ubuntu_host
  produce repository-ubuntu24 "$(fingerprint "$lab/repository.stamp" "$own/rename-postgresql.sh")" build_ubuntu_repository
}

prepare_debian11() { produce_hosts bullseye -debian11 services archive-debian11; }
prepare_debian13() { produce_hosts trixie -debian13 services archive-debian13; }

files_of() { (cd "$here" && find "$@" -type f | sort | sed "s|^|$here/|"); }

main() {
  local flavour wanted=("$@")
  [[ ${1:-} != --flavours ]] || wanted=("${flavours[@]}")
  for flavour in "${wanted[@]}"; do
    [[ " ${flavours[*]} " == *" $flavour "* ]] || fail "there is no flavour $flavour; there are: ${flavours[*]}"
  done
  check_machine
  mkdir -p "$lab/log"
  exec 9>"$lab/prepare.lock"
  flock 9
  install_control_packages
  trap wait EXIT
  produce lint "$(fingerprint "$here/packages/lint.txt")" build_lint &
  build_host_side
  [[ -z ${XCATHA_LAB_XCAT:-} ]] || prepare_real_xcat
  for flavour in "${wanted[@]}"; do "prepare_$flavour"; done
  wait $!
  say "ready in $SECONDS s; what it made is in $lab"
}

main "$@"
