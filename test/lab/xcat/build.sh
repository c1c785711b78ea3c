#!/bin/bash
# Builds the stand-in's Debian packages and an apt repository of them.
#
#   build.sh OUTDIR [VERSION]
#
# OUTDIR may hold other versions already: the repository then offers them all.
# On a host: deb [trusted=yes] file:OUTDIR ./
set -euo pipefail

readonly COMMANDS_BIN="lsxcatd lsdef chdef mkdef rmdef nodels gettab pgsqlsetup mysqlsetup makentp"
readonly COMMANDS_SBIN="xcatd tabdump tabch chtab tabrestore makedns makedhcp makehosts makenetworks
    makeconservercf makegocons xcatconfig restartxcatd dumpxCATdb restorexCATdb"

if [ $# -lt 1 ] || [ $# -gt 2 ]; then
    echo "Usage: build.sh OUTDIR [VERSION]" >&2
    exit 2
fi
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$1"
out_dir=$(cd "$1" && pwd)
xcat_version=${2:-2.19.0}
package_version=$xcat_version-standin
export SOURCE_DATE_EPOCH=1767225600
export LC_ALL=C
work_dir=$(mktemp -d)
trap 'rm -rf "$work_dir"' EXIT

link_commands() {
    local tree=$1 directory=$2 command
    shift 2
    mkdir -p "$tree/opt/xcat/$directory"
    for command in "$@"; do
        ln -s ../libexec/xcat-command "$tree/opt/xcat/$directory/$command"
    done
}

pack() {
    local package=$1 tree=$2 script
    mkdir -p "$tree/DEBIAN"
    sed "s/@VERSION@/$package_version/" "$source_dir/debian/$package.control" >"$tree/DEBIAN/control"
    for script in postinst prerm; do
        if [ -e "$source_dir/debian/$package.$script" ]; then
            cp "$source_dir/debian/$package.$script" "$tree/DEBIAN/$script"
        fi
    done
    find "$tree" -type d -exec chmod 755 {} +
    find "$tree" -type f -exec chmod 644 {} +
    find "$tree/DEBIAN" -type f ! -name control -exec chmod 755 {} +
    find "$tree" -path '*/opt/xcat/libexec/*' -type f -exec chmod 755 {} +
    find "$tree" -path '*/usr/bin/*' -type f -exec chmod 755 {} +
    find "$tree" -path '*/postscripts/*' -type f -exec chmod 755 {} +
    find "$tree" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
    dpkg-deb --root-owner-group -Zxz --build "$tree" "$out_dir/${package}_${package_version}_all.deb" >/dev/null
}

build_xcat() {
    local tree=$work_dir/xcat
    cp -r "$source_dir/root" "$tree"
    find "$tree" -name __pycache__ -prune -exec rm -rf {} +
    printf '"""The version of xCAT that this stand-in stands in for."""\n\nVERSION = "%s"\n' "$xcat_version" \
        >"$tree/opt/xcat/lib/xcatstandin/release.py"
    # shellcheck disable=SC2086
    link_commands "$tree" bin $COMMANDS_BIN
    # shellcheck disable=SC2086
    link_commands "$tree" sbin $COMMANDS_SBIN
    mkdir -p "$tree/usr/sbin"
    ln -s /opt/xcat/sbin/xcatd "$tree/usr/sbin/xcatd"
    cp "$source_dir/README.md" "$tree/opt/xcat/README.md"
    pack xcat "$tree"
}

build_probe() {
    local tree=$work_dir/xcat-probe
    link_commands "$tree" bin xcatprobe
    pack xcat-probe "$tree"
}

# Its own place in the archive: xCAT brings it in a package apart, on Debian as on EL.
build_goconserver() {
    local tree=$work_dir/goconserver
    cp -r "$source_dir/goconserver" "$tree"
    pack goconserver "$tree"
}

make_repository() {
    local file
    cd "$out_dir"
    dpkg-scanpackages --multiversion . >Packages 2>/dev/null
    gzip -9nkf Packages
    {
        echo "Origin: stand-in for xCAT"
        echo "Date: $(date -u -R -d "@$SOURCE_DATE_EPOCH")"
        echo "SHA256:"
        for file in Packages Packages.gz; do
            printf ' %s %s %s\n' "$(sha256sum <"$file" | cut -d' ' -f1)" "$(stat -c %s "$file")" "$file"
        done
    } >Release
}

build_xcat
build_probe
build_goconserver
make_repository
