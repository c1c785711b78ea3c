#!/bin/bash
# Makes an EL host of a root of Debian that has the service packages, dnf and rpm: what is Debian's goes, or goes out of
# sight, and what every EL host has is installed. Run where the repository is at /srv/xcat-repo inside the root.
#
#   root.sh ROOT
set -euo pipefail

root=$1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/programs.sh"

# The Debian packages that set up the services.
readonly services=(apache2 apache2-bin bind9 chrony conserver-client conserver-server galera-4 isc-dhcp-server
  mariadb-common mariadb-server mariadb-server-core mariadb-client mysql-common postgresql postgresql-15
  postgresql-client-common postgresql-common tftpd-hpa)
# What every EL host has. sshd is Debian's, since the harness knows it by its name.
readonly base=(acl bash chrony iproute iputils openssh-clients openssl procps-ng)

# Units, configuration and start scripts of Debian's services, and their state.
forget_services() {
  local package path
  for package in "${services[@]}"; do
    chroot "$root" dpkg -L "$package"
  done | sort -u | grep -E '^(/etc|(/usr)?/lib/(systemd|tmpfiles\.d|sysusers\.d))/' | while read -r path; do
    if [[ -d $root$path && ! -L $root$path ]]; then continue; fi
    rm -f "$root$path"
  done
  rm -rf "$root"/etc/{apache2,bind,chrony,conserver,dhcp,mysql,postgresql,postgresql-common} \
    "$root"/etc/default/{isc-dhcp-server,tftpd-hpa} "$root"/etc/systemd/system/chrony.service.d \
    "$root"/var/lib/{apache2,bind,chrony,dhcp,mysql,mysql-files,postgresql} "$root"/var/cache/bind \
    "$root"/var/log/{apache2,conserver,mysql,postgresql} "$root"/etc/rc?.d "$root"/var/www
  chroot "$root" find /etc/systemd/system -xtype l -delete
}

# Debian's, some of which have the numbers of EL's.
forget_accounts() {
  local name
  for name in _chrony bind conservr mysql postgres tftp; do chroot "$root" userdel "$name"; done
  for name in floppy sudo tape; do
    chroot "$root" groupdel "$name"
    sed -i "/^g *$name /d" "$root/usr/lib/sysusers.d/basic.conf"
  done
}

# Until a package of EL links them into their places, the host does not have them.
hide_programs() {
  local package path from kept
  mkdir -p "$root$hidden_programs"
  programs | while read -r package path from kept; do
    if [[ $kept != "$from" && -e $root$from ]]; then mv "$root$from" "$root$kept"; fi
  done
  rm "$root/usr/bin/console" "$root/usr/sbin/conserver"
  find "$root/usr/bin" -lname '*/pg_wrapper' -delete
  # Debian's other names for what is hidden now.
  chroot "$root" find /usr/bin /usr/sbin -xtype l -delete
}

# EL's PostgreSQL writes its log into the data directory.
log_into_the_data() {
  printf '%s\n' "log_destination = 'stderr'" 'logging_collector = on' "log_filename = 'postgresql-%a.log'" \
    'log_truncate_on_rotation = on' 'log_rotation_age = 1d' 'log_rotation_size = 0' \
    >>"$root/usr/share/postgresql/15/postgresql.conf.sample"
}

# The same as for Debian's chrony: a container may not set the clock.
free_chronyd_of_the_clock() {
  local directory=$root/etc/systemd/system/chronyd.service.d
  mkdir -p "$directory"
  printf '%s\n' '[Unit]' ConditionCapability= '[Service]' ExecStart= \
    'ExecStart=/usr/sbin/chronyd -x -f /etc/chrony.conf -u chrony $OPTIONS' >"$directory/lab.conf"
}

forget_debian() {
  rm -rf "$root"/etc/apt "$root"/etc/debian_version "$root"/etc/dpkg "$root"/var/lib/apt "$root"/var/lib/dpkg \
    "$root"/usr/bin/apt* "$root"/usr/bin/dpkg* "$root"/etc/yum.repos.d
  find "$root"/{etc,usr/lib}/systemd/system \( -name 'apt-*' -o -name 'dpkg-*' \) -exec rm -rf {} +
}

become_el() {
  rm -f "$root/etc/os-release"
  chroot "$root" rpm -i --nodeps /srv/xcat-repo/rpm/rocky-release.rpm
  chroot "$root" dnf install -y "${base[@]}"
  chroot "$root" dnf clean all
}

forget_services
forget_accounts
hide_programs
log_into_the_data
free_chronyd_of_the_clock
forget_debian
become_el
