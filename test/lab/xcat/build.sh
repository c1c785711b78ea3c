#!/bin/bash
# Builds the stand-in's Debian packages and an apt repository of them.
#
#   build.sh OUTDIR [VERSION]
#
# OUTDIR may hold other versions already: the repository then offers them all.
# On a host: deb [trusted=yes] file:OUTDIR ./
set -euo pipefail

if [ $# -lt 1 ] || [ $# -gt 2 ]; then
    echo "Usage: build.sh OUTDIR [VERSION]" >&2
    exit 2
fi
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$source_dir/trees.sh"
mkdir -p "$1"
out_dir=$(cd "$1" && pwd)
xcat_version=${2:-$STAND_IN_VERSION}
package_version=$xcat_version-standin
export SOURCE_DATE_EPOCH=1767225600
export LC_ALL=C
work_dir=$(mktemp -d)
trap 'rm -rf "$work_dir"' EXIT

pack() {
    local package=$1 tree=$work_dir/$1 script
    mkdir -p "$tree/DEBIAN"
    sed "s/@VERSION@/$package_version/" "$source_dir/debian/$package.control" >"$tree/DEBIAN/control"
    for script in postinst prerm postrm; do
        if [ -e "$source_dir/debian/$package.$script" ]; then
            cp "$source_dir/debian/$package.$script" "$tree/DEBIAN/$script"
        fi
    done
    find "$tree" -type d -exec chmod 755 {} +
    find "$tree" -type f -exec chmod 644 {} +
    find "$tree/DEBIAN" -type f ! -name control -exec chmod 755 {} +
    find "$tree" \( -path '*/opt/xcat/libexec/*' -o -path '*/opt/xcat/bin/*' \) -type f -exec chmod 755 {} +
    find "$tree" -path '*/usr/bin/*' -type f -exec chmod 755 {} +
    find "$tree" -path '*/postscripts/*' -type f -exec chmod 755 {} +
    find "$tree" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
    dpkg-deb --root-owner-group -Zxz --build "$tree" "$out_dir/${package}_${package_version}_all.deb" >/dev/null
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

make_trees
# As xCAT's own package has them: an upgrade writes them, wherever /install leads on that host.
mkdir -p "$work_dir/xcat/install"
cp -r "$source_dir/root/opt/xcat/share/xcat/postscripts" "$work_dir/xcat/install/postscripts"
for package in xcat xcat-probe goconserver; do
    pack "$package"
done
make_repository
