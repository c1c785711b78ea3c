import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeCertificates } from "./authority.js";
import { Sandbox } from "./program.js";

describe("what a host lacks to become the active one", () => {
  let host: Sandbox;
  let settings: Record<string, string>;
  const lacks = (changes: Readonly<Record<string, string>> = {}) => {
    host.configure({ ...settings, ...changes });
    return host.run("preflight", [], "", { XCATHA_ROOT: host.path("root") });
  };
  const path = () => settings["LINKS"] ?? "";
  const data = () => `${settings["SHARED"]}${path()}`;

  beforeEach(() => {
    host = new Sandbox({});
    settings = {
      NIC: "lo",
      SHARED: host.path("HA-data"),
      METHOD: "symlink",
      LINKS: host.path("lib/pgsql"),
      VIRTUAL_ADDRESS: "127.0.0.1",
      VIRTUAL_HOSTNAME: "localhost",
      DATABASE: "postgresql",
      DATABASE_DIRECTORY: "",
      DATABASE_USER: "root",
    };
    for (const folder of [host.path("HA-data/.xcatha/owner"), data()])
      mkdirSync(folder, { recursive: true });
  });
  afterEach(() => host[Symbol.dispose]());

  test("is nothing on a host that is ready", () => {
    expect(lacks()).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(lacks({ DATABASE_DIRECTORY: path() })).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test.each<[string, () => Readonly<Record<string, string>>, RegExp]>([
    ["a NIC", () => ({ NIC: "nic9" }), /^There is no NIC nic9\.\n$/],
    [
      "the virtual hostname's address",
      () => ({ VIRTUAL_ADDRESS: "10.9.9.9" }),
      /^localhost resolves to '127\.0\.0\.1', not to 10\.9\.9\.9: run standby\.yml\.\n$/,
    ],
    [
      "the virtual hostname",
      () => ({ VIRTUAL_HOSTNAME: "no-such-name.invalid" }),
      /resolves to '', not to 127\.0\.0\.1/,
    ],
    ["the shared data", () => ({ SHARED: "/nowhere" }), /^\/nowhere cannot be written to\.\n/],
    ["a shared directory", () => ({ LINKS: `${path()} /other` }), /HA-data\/other is missing\.\n$/],
    [
      "a place for a link",
      () => {
        host.command("mountpoint", "true");
        return {};
      },
      /pgsql is a mount point, which no link can replace/,
    ],
    [
      "the user of the database",
      () => ({ DATABASE_DIRECTORY: path(), DATABASE_USER: "no-such-user" }),
      /and the user no-such-user cannot be compared/,
    ],
    [
      "the database's user id",
      () => ({ DATABASE_DIRECTORY: path(), DATABASE_USER: "nobody" }),
      /^The user id of nobody here is not that of the owner of .*: make the ids equal on both hosts\.\n$/,
    ],
  ])("is named: %s", (_, change, said) => {
    expect(lacks(change())).toEqual({ code: 1, stdout: "", stderr: expect.stringMatching(said) });
  });

  test("is looked for in each network", () => {
    const second = { VIRTUAL_ADDRESS_2: "127.0.0.2", VIRTUAL_HOSTNAME_2: "127.0.0.2", NIC_2: "lo" };
    expect(lacks(second)).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(lacks({ ...second, NIC_2: "nic9" }).stderr).toBe("There is no NIC nic9.\n");
    expect(lacks({ ...second, VIRTUAL_HOSTNAME_2: "localhost" }).stderr).toBe(
      "localhost resolves to '127.0.0.1', not to 127.0.0.2: run standby.yml.\n",
    );
    mkdirSync(host.path("root/etc/netplan"), { recursive: true });
    writeFileSync(host.path("root/etc/netplan/01.yaml"), "addresses: [127.0.0.2/8]\n");
    expect(lacks(second).stderr).toMatch(
      /^\/etc\/netplan\/01\.yaml has the virtual IP 127\.0\.0\.2,/,
    );
  });

  test.each<[string, string, string, string]>([
    ["nfs4", "rw,vers=4.2,hard,timeo=600", "rw,relatime", ""],
    ["nfs4", "rw,vers=4.2,soft,timeo=600", "rw,relatime", "soft"],
    ["nfs", "rw,vers=3,softerr", "rw,relatime", "softerr"],
    ["cifs", "rw,soft,uid=0", "rw,relatime", "soft"],
  ])(
    "is a mount that waits for its server, below the tables: %s %s",
    (kind, options, own, soft) => {
      rmSync(host.path("proc/self"));
      mkdirSync(host.path("proc/self"));
      writeFileSync(
        host.path("proc/self/mountinfo"),
        `20 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw\n` +
          `40 20 0:50 / ${host.path("HA-data")} ${own} shared:9 - ${kind} nas:/export ${options}\n` +
          // Another mount below it, on which no tables are.
          `41 40 0:51 / ${host.path("HA-data/scratch")} ${own} - nfs4 nas:/scratch rw,soft\n`,
      );
      for (const database of [path(), ""]) {
        const { code, stderr } = lacks({ DATABASE_DIRECTORY: database });
        expect(code).toBe(soft === "" ? 0 : 1);
        if (soft === "") expect(stderr).toBe("");
        else
          expect(stderr).toContain(
            `${host.path("HA-data")} is mounted with the option ${soft} (${kind}): when its server is slow, writes fail`,
          );
      }
    },
  );

  test("is named all at once", () => {
    expect(lacks({ NIC: "nic9", VIRTUAL_ADDRESS: "10.9.9.9" }).stderr.split("\n")).toHaveLength(3);
  });

  test("is a shared directory that the host's own disk covers, since a crash, and the advice is right", () => {
    host.configure(settings);
    mkdirSync(host.path("etc"));
    writeFileSync(host.path("etc/fstab"), `/dev/vdb ${path()} ext4 defaults 0 2\n`);
    const { code, stdout } = host.execute(
      [
        ...["unshare", "--mount", "bash", "-c"],
        `mount -t tmpfs disk "$1"; "$2" 2>&1 | tee "$1.said"; eval "$(sed -E 's/.*Run (umount [^,]*),.*/\\1/' "$1.said")"; "$2" && echo ready`,
        ...["-", data(), `${host.program}/preflight`],
      ],
      "",
      { XCATHA_ROOT: host.directory },
    );
    expect([code, stdout]).toEqual([
      0,
      `${data()} is not the shared one on this host: /dev/vdb, which /etc/fstab mounts at ${path()}, was mounted over it. ` +
        `Run umount ${data()}, and take the line of ${path()} out of /etc/fstab.\nready\n`,
    ]);
  });

  test("is room for the owner record on a full shared file system", () => {
    host.configure(settings);
    const { code, stdout } = host.execute([
      ...["unshare", "--mount", "bash", "-c"],
      `mount -t tmpfs -o size=64k full "$1" && dd if=/dev/zero of="$1/fill" bs=4k 2>/dev/null; "$2" 2>&1`,
      ...["-", host.path("HA-data/.xcatha/owner"), `${host.program}/preflight`],
    ]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/is full: there is no room for the owner record\.\n/);
  });

  describe("of xCAT's certificates on the shared data", () => {
    let made: Sandbox;
    beforeAll(() => {
      made = new Sandbox({});
      for (const [whose, days] of [
        ["own", 90],
        ["other", 90],
        ["ended", -1],
      ] as const)
        makeCertificates(
          made,
          { etc: made.path(whose, "etc/xcat"), home: made.path(whose, "root/.xcat") },
          { days },
        );
    }, 60_000);
    afterAll(() => made[Symbol.dispose]());
    const take = (whose: string, ...files: readonly string[]) => {
      for (const file of files)
        host.execute(["cp", "-a", "-T", made.path(whose, file), host.path("HA-data", file)]);
    };
    beforeEach(() => {
      for (const folder of ["etc", "root"]) mkdirSync(host.path("HA-data", folder));
      take("own", "etc/xcat", "root/.xcat");
    });
    const links = { LINKS: "/etc/xcat /root/.xcat" };

    test.each<[string, () => void]>([
      ["valid ones", () => {}],
      ["root's of before, which can be made anew", () => take("other", "root/.xcat")],
      [
        "the site's own, without an authority of xCAT's",
        () => {
          take("other", "etc/xcat", "root/.xcat");
          host.execute(["rm", "-r", host.path("HA-data/etc/xcat/ca")]);
        },
      ],
    ])("is nothing: %s", (_, change) => {
      change();
      expect(lacks(links)).toEqual({ code: 0, stdout: "", stderr: "" });
    });

    test.each<[string, () => void, RegExp]>([
      [
        "that xcatd has none",
        () => host.execute(["rm", host.path("HA-data/etc/xcat/cert/server-cred.pem")]),
        /HA-data\/etc\/xcat\/cert\/server-cred\.pem is missing, so xCAT would not be served here\. On the host that is active/,
      ],
      [
        "that they have ended",
        () => take("ended", "etc/xcat", "root/.xcat"),
        /server-cred\.pem is not valid under \S+: certificate has expired, so/,
      ],
      [
        "root's of before, where xCAT makes none",
        () => {
          take("other", "root/.xcat");
          host.execute(["rm", host.path("HA-data/etc/xcat/ca/private/ca-key.pem")]);
        },
        /\.xcat\/ca\.pem: .*, so xCAT would not be served here\. .* run activate\.yml, which brings what was renewed/,
      ],
    ])("is named: %s", (_, change, said) => {
      change();
      expect(lacks(links)).toEqual({ code: 1, stdout: "", stderr: expect.stringMatching(said) });
    });
  });
});
