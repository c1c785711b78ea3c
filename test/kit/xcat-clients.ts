const names = [
  ..."lsxcatd lsdef chdef mkdef rmdef nodels nodech nodeset gettab tabdump tabch chtab tabrestore".split(
    " ",
  ),
  ..."makedns makedhcp makehosts makenetworks makeconservercf makegocons makentp mknb".split(" "),
  ..."xcatconfig dumpxCATdb restorexCATdb pgsqlsetup mysqlsetup xcatprobe rpower updatenode".split(
    " ",
  ),
];

/** A call of one of xCAT's commands, which read their standard input to its end. */
export const xcatClient = new RegExp(
  `(?<![\\w./-])(/opt/xcat/s?bin/)?(${names.join("|")})(?![\\w.-])`,
);
