import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FakeXcat } from "./fake-xcat.js";

const NETWORKS = `#netname,net,tftpserver,dhcpserver,nameservers,ntpservers,logservers
"one","10.77.0.0","<xcatmaster>",,"<xcatmaster>",,
"two","10.78.0.0","10.77.0.11","10.77.0.11",,,
"three","10.79.0.0","10.77.0.11",,"10.77.0.1",,
`;

/** chdef and chtab, in Python: they read their standard input to its end, as xCAT's do. */
const WRITE = `exec python3 - "$(basename "$0")" "$@" << 'END'
import csv, os, sys
name, *words = sys.argv[1:]
if name == "chtab":
    row, change = words
    table, file, key = "noderes", "noderes", row.partition("=")[2]
    column, _, value = change.partition(".")[2].partition("=")
else:
    table = {"site": "site", "network": "networks"}[words[1]]
    key, change = (words[3], words[4]) if table == "networks" else (None, words[2])
    column, _, value = change.partition("=")
path = os.path.join(os.environ["D"], "sqlite", table + ".csv")
with open(path) as file:
    rows = list(csv.reader(file))
if table == "site":
    rows = [row for row in rows if row[0] != column] + [[column, value, "", ""]]
else:
    at = [name.lstrip("#") for name in rows[0]].index(column)
    for row in rows[1:]:
        if row[0] == key:
            row[at] = value
with open(path, "w") as file:
    csv.writer(file, lineterminator="\\n").writerows(rows)
END`;

describe("the tables that name this host or the old master", () => {
  let host: FakeXcat;
  const tables = (...args: readonly string[]) => host.run("tables", args, "", host.environment);

  beforeEach(() => {
    host = new FakeXcat({ VIRTUAL_ADDRESS: "10.77.0.10" });
    host.table(
      "sqlite",
      "site",
      '#key,value,comments,disable\n"master","10.77.0.9",,\n"nameservers","10.77.0.9,10.77.0.1",,\n"ntpservers","pool.example.com 10.77.0.11",,\n',
    );
    host.table("sqlite", "networks", NETWORKS);
    host.table(
      "sqlite",
      "noderes",
      '#node,xcatmaster,nfsserver,servicenode\n"cn1","10.77.0.11","10.77.0.1",\n"cn2","10.77.0.9",,"sn1,10.77.0.11"\n"cn3",,,\n',
    );
    for (const name of ["chdef", "chtab"]) host.command(name, `cat > /dev/null\n${WRITE}`);
  });
  afterEach(() => host[Symbol.dispose]());

  test("name the virtual IP afterwards, every row of them", () => {
    expect(tables("--dhcp", "isc")).toMatchObject({ code: 0, stderr: "" });
    expect(
      host.read("sqlite/networks.csv"),
    ).toBe(`#netname,net,tftpserver,dhcpserver,nameservers,ntpservers,logservers
one,10.77.0.0,10.77.0.10,,<xcatmaster>,,
two,10.78.0.0,10.77.0.10,10.77.0.10,,,
three,10.79.0.0,10.77.0.10,,10.77.0.1,,
`);
    expect(host.read("sqlite/noderes.csv")).toBe(
      '#node,xcatmaster,nfsserver,servicenode\ncn1,10.77.0.10,10.77.0.1,\ncn2,10.77.0.10,,"sn1,10.77.0.10"\ncn3,,,\n',
    );
    expect(host.read("sqlite/site.csv").split("\n").slice(1).sort().join(" ").trim()).toBe(
      'dhcpbackend,isc,, domain,cluster.example.com,, master,10.77.0.10,, nameservers,"10.77.0.10,10.77.0.1",, ntpservers,"pool.example.com,10.77.0.10",,',
    );
  });

  test("are changed once: a second run changes nothing", () => {
    tables();
    expect(tables()).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("are only named by a check", () => {
    expect(tables("--check").stdout).toContain("changed: networks.tftpserver of two is 10.77.0.10");
    expect(host.read("sqlite/networks.csv")).toBe(NETWORKS);
  });

  test("are read back at the end: a command that wrote nothing is not believed", () => {
    host.command("chtab", "exit 0");
    const { code, stderr } = tables();
    expect(code).toBe(1);
    expect(stderr).toBe(
      "xCAT's commands reported success, but xCAT kept noderes.xcatmaster of cn1=10.77.0.11, noderes.xcatmaster of cn2=10.77.0.9, noderes.servicenode of cn2=sn1,10.77.0.11.\n",
    );
  });

  test("keep the master until all else is written, so that a run after an interrupted one still knows it", () => {
    host.command("chtab", "exit 1");
    expect(tables().stderr).toBe(
      "chtab node=cn1 noderes.xcatmaster=10.77.0.10 failed: it said nothing.\n",
    );
    expect(host.read("sqlite/site.csv")).toContain('"master","10.77.0.9"');
  });
});
