# Sourced by what builds packages: the files of each, as they will stand on a host.
# It takes source_dir (this directory), work_dir (where the trees go) and xcat_version.

readonly STAND_IN_VERSION=2.19.0
readonly COMMANDS_BIN="lsxcatd lsdef chdef mkdef rmdef nodels gettab mysqlsetup makentp"
readonly COMMANDS_SBIN="xcatd tabdump tabch chtab tabrestore makedns makedhcp makehosts makenetworks
    makeconservercf makegocons xcatconfig restartxcatd dumpxCATdb restorexCATdb"

link_commands() {
    local tree=$1 directory=$2 command
    shift 2
    mkdir -p "$tree/opt/xcat/$directory"
    for command in "$@"; do
        ln -s ../libexec/xcat-command "$tree/opt/xcat/$directory/$command"
    done
}

make_xcat_tree() {
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
}

# goconserver is a tree of its own: xCAT brings it in a package apart, on Debian as on EL.
make_trees() {
    make_xcat_tree
    link_commands "$work_dir/xcat-probe" bin xcatprobe
    cp -r "$source_dir/goconserver" "$work_dir/goconserver"
}
