import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { stateTable, statusLines } from "../../lab/story/state-table.js";
import { recorded } from "./recorded.js";

const printed = recorded("status")
  .map(({ line }) => `${line}\n`)
  .join("");

test("the lines of status.yml are read from what Ansible printed, where it broke them", () => {
  const lines = statusLines(printed);
  expect(lines).toHaveLength(9);
  expect(lines[1]).toBe(
    "host1: ACTIVE, hostname xcatmn.lab.example.com, virtual IP on eth0, 6 of 6 directories linked",
  );
  expect(lines.at(-1)).toBe("Nothing is wrong.");
  expect(statusLines("")).toEqual([]);
});

test("they become a table with a column for each host", () => {
  expect(stateTable(statusLines(printed))).toBe(
    `Pair lab, virtual IP 10.77.0.10 (xcatmn.lab.example.com): host1 is active

                host1                                                   host2
role            ACTIVE                                                  standby
hostname        xcatmn.lab.example.com                                  host2
virtual IP      on eth0                                                 absent
directories     6 of 6 directories linked                               0 of 6 directories linked
runs            postgresql@15-main xcatd named isc-dhcp-server apache2  nothing
starts at boot  nothing                                                 nothing
owner record    host1, epoch 1                                          host1, epoch 1
xCAT            2.19.0-standin                                          2.19.0-standin

host2 could take over now.
Nothing is wrong.
`,
  );
});

/** What the program on the control machine says of these answers. */
function reported(answers: object): readonly string[] {
  const program = fileURLToPath(new URL("../../../templates/kit/libexec/report", import.meta.url));
  const given = {
    pair: "lab",
    virtual_addresses: ["10.77.0.10"],
    virtual_hostname: "xcatmn",
    hostname: true,
    links: ["/install"],
    expected: ["xcatd"],
    database: "sqlite",
    device: false,
    kit: "k",
    answers,
  };
  const { stdout } = spawnSync("python3", ["-B", program], {
    input: JSON.stringify(given),
    encoding: "utf8",
  });
  return (JSON.parse(stdout) as { lines: string[] }).lines;
}

test("every line that the program says of a host that answered is in the table; of one that did not, below it", () => {
  const lines = reported({
    host1: {
      name: "host1",
      reachable: true,
      activated: true,
      hostname: "xcatmn",
      virtual_ip: "eth0",
      virtual_ip_missing: "",
      virtual_ip_at_boot: "",
      resolver: "",
      linked: "/install",
      running: "xcatd",
      boot: "",
      owner: "host1",
      epoch: "1",
      version: "2.19",
      served: "2.19",
      mounted: "",
      marker: "lab",
      engine: "sqlite",
      writable: "yes",
      full: "",
      installed: "yes",
      guarded: "yes",
      kit: "k",
      packages: "",
      services: {},
      unanswered: {},
      past_systemd: {},
    },
    host2: { name: "host2", reachable: false, error: "no route to host" },
  });
  const table = stateTable(lines);
  expect(table).not.toMatch(/^host1: (ACTIVE|running|owner)/m);
  expect(table).toMatch(/^runs +xcatd$/m);
  expect(table).toMatch(/^host2: not known: no route to host$/m);
});
