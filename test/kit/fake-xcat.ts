import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Sandbox } from "./program.js";

/**
 * A sandbox with commands that behave like xCAT's where the programs may notice: tables are files in a folder for each
 * database, cfgloc says which is used, clients read their standard input to its end, and xcatd dies on empty tables.
 */
export class FakeXcat extends Sandbox {
  /** What it is configured with. */
  readonly settings: Readonly<Record<string, string>>;

  constructor(settings: Readonly<Record<string, string>> = {}) {
    super({});
    for (const name of ["sqlite", "Pg", "mysql", "etc", "state", "opt"]) mkdirSync(this.path(name));
    this.settings = {
      HOST: "host1",
      PEER: "host2",
      SHARED: this.path("HA-data"),
      OWN_ADDRESS: "10.77.0.11",
      OWN_HOSTNAME: "host1",
      NIC: "eth0",
      PEER_ADDRESS: "10.77.0.12",
      PEER_HOSTNAME: "host2",
      PEER_NIC: "eth0",
      VIRTUAL_ADDRESS: "127.0.0.1",
      VIRTUAL_NETWORK: "10.77.0.0",
      VIRTUAL_PREFIX: "24",
      VIRTUAL_HOSTNAME: "xcatmn",
      DOMAIN: "cluster.example.com",
      DATABASE: "postgresql",
      DATABASE_UNIT: "postgresql@15-main",
      DATABASE_USER: "postgres",
      DATABASE_PORT: "1",
      DATABASE_HBA: this.path("etc/pg_hba.conf"),
      DATABASE_CONFIG: this.path("etc/postgresql.conf"),
      TIMEOUT_STOP: "15",
      TIMEOUT_DATABASE: "20",
      TIMEOUT_XCATD: "30",
      TIMEOUT_NETWORK: "30",
      TIMEOUT_MIGRATE: "60",
      ...settings,
    };
    this.configure(this.settings);
    this.#commands();
    this.table("sqlite", "site", '#key,value,comments,disable\n"master","10.77.0.11",,\n');
    this.table("sqlite", "nodelist", '#node,groups\n"cn1","all, Tür"\n"cn2","all"\n');
  }

  /** What the programs are told besides the settings. */
  get environment(): Readonly<Record<string, string>> {
    return {
      D: this.directory,
      XCATHA_CFGLOC: this.path("etc/cfgloc"),
      XCATHA_STATE: this.path("state"),
      XCATHA_LOCK: this.path("opt"),
    };
  }

  /** Writes one table of one database. */
  table(database: "sqlite" | "Pg" | "mysql", name: string, text: string): void {
    writeFileSync(this.path(database, `${name}.csv`), text);
  }

  read(...names: readonly string[]): string {
    return readFileSync(this.path(...names), "utf8");
  }

  /** Every command that was called, with its arguments. */
  get called(): string {
    return this.read("called");
  }

  /** Whether xcatd runs. */
  get isServed(): boolean {
    return this.execute(["test", "-e", this.path("xcatd")]).code === 0;
  }

  #commands(): void {
    const database = `
      echo "$(basename "$0") $*" >> "$D/called"
      cat > /dev/null
      db=sqlite
      case $(head -c 3 "$XCATHA_CFGLOC" 2>/dev/null) in Pg:) db=Pg ;; mys) db=mysql ;; esac
      served() {
        if [ -n "\${XCATBYPASS:-}" ]; then echo "Error loading module /opt/xcat/lib/perl/xCAT_plugin/kvm.pm  ...skipping"
        elif ! [ -e "$D/xcatd" ]; then echo "Connection failure" >&2; exit 111; fi
      }`;
    this.command(
      "tabdump",
      `${database}; served
      # A database that has no rows yet knows every table, as xCAT's schema does.
      if [ $# = 0 ]; then ls "$D"/{sqlite,Pg,mysql} | sed -n 's/\\.csv$//p' | sort -u
      elif [ -e "$D/$db/$1.csv" ]; then cat "$D/$db/$1.csv"
      else cat "$D"/{sqlite,Pg,mysql}/"$1.csv" 2>/dev/null | head -n 1; fi
      exit 0`,
    );
    this.command("restorexCATdb", `${database}; served; cp "$2"/*.csv "$D/$db/"`);
    this.command(
      "lsxcatd",
      `${database}; served
      case $db in sqlite) echo dbengine=SQLite ;; *) echo "dbengine=$db" ;; esac`,
    );
    this.command(
      "systemctl",
      `${database}
      case "$*" in
        "start --no-block xcatd") if [ -s "$D/$db/site.csv" ]; then touch "$D/xcatd"; else rm -f "$D/xcatd"; fi ;;
        "stop xcatd") rm -f "$D/xcatd" ;;
        "is-active xcatd") if [ -e "$D/xcatd" ]; then echo active; else echo activating; fi ;;
      esac`,
    );
    this.command("runuser", 'echo "runuser $*" >> "$D/called"; cat > "$D/statements"');
    this.command("pgsqlsetup", 'echo pgsqlsetup >> "$D/called"; exit 1');
    rmSync(this.path("called"), { force: true });
    writeFileSync(this.path("xcatd"), "");
  }
}
