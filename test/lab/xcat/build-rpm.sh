#!/bin/bash
# Builds the stand-in's packages for EL, and as xCAT has them two dnf repositories: OUTDIR/core and OUTDIR/dep.
#
#   build-rpm.sh OUTDIR [VERSION]
set -euo pipefail

if [ $# -lt 1 ] || [ $# -gt 2 ]; then
    echo "Usage: build-rpm.sh OUTDIR [VERSION]" >&2
    exit 2
fi
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$source_dir/trees.sh"
mkdir -p "$1/core" "$1/dep"
out_dir=$(cd "$1" && pwd)
xcat_version=${2:-$STAND_IN_VERSION}
export LC_ALL=C
work_dir=$(mktemp -d)
trap 'rm -rf "$work_dir"' EXIT

make_trees
rpmbuild -bb --quiet --define "_topdir $work_dir/rpmbuild" --define "_rpmdir $out_dir/core" \
    --define '_rpmfilename %%{NAME}-%%{VERSION}-%%{RELEASE}.rpm' \
    --define "trees $work_dir" --define "xcat_version $xcat_version" "$source_dir/rpm/xCAT.spec"
mv "$out_dir"/core/goconserver-*.rpm "$out_dir/dep/"
createrepo_c --quiet "$out_dir/core"
createrepo_c --quiet "$out_dir/dep"
