import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeCertificates } from "./authority.js";
import { Sandbox } from "./program.js";

let sandbox: Sandbox;
/** Of two authorities in turn: root's certificates, and the server's in `etc`. */
let made: Sandbox;
beforeAll(() => {
  made = new Sandbox({});
  for (const whose of ["old", "new"])
    makeCertificates(made, { etc: made.path(whose, "etc"), home: made.path(whose, "home") });
}, 60_000);
afterAll(() => made[Symbol.dispose]());
const copy = (from: string, to: string) =>
  expect(sandbox.execute(["cp", "-a", "-T", made.path(from), to]).code).toBe(0);

const root = (...names: string[]) => sandbox.path("root/root", ...names);
const shared = (...names: string[]) => sandbox.path("HA-data", ...names);
const settings = () => ({
  HOST: "host1",
  SHARED: sandbox.path("HA-data"),
  LINKS: "/etc/xcat /root/.xcat",
  METHOD: "symlink",
});

beforeEach(() => {
  sandbox = new Sandbox({});
  sandbox.configure(settings());
  for (const folder of ["HA-data/.xcatha/owner", "HA-data/etc", "HA-data/root", "root/root"])
    mkdirSync(sandbox.path(folder), { recursive: true });
  writeFileSync(shared(".xcatha/owner/0000000009"), "host: host2\n");
  writeFileSync(shared(".xcatha/owner/0000000010"), "host: host1\nby: host1\n");
  copy("old/home", shared("root/.xcat"));
  copy("new/etc", shared("etc/xcat"));
});
afterEach(() => sandbox[Symbol.dispose]());

const adopt = (...args: readonly string[]) =>
  sandbox.run("adopt", args, "", { XCATHA_ROOT: sandbox.path("root") });
const renewed = () => copy("new/home", root(".xcat"));
const of = (folder: string) => readFileSync(`${folder}/client-cred.pem`, "utf8");
const onShared = () => of(shared("root/.xcat"));
const [old, renewedOne] = [() => of(made.path("old/home")), () => of(made.path("new/home"))];

test("renewed certificates go to the shared data, the link comes back, and nothing is lost", () => {
  renewed();
  chmodSync(root(".xcat"), 0o755);
  chmodSync(root(".xcat/client-cred.pem"), 0o600);
  expect(adopt()).toEqual({
    code: 0,
    stdout: "changed: the renewed certificates in /root/.xcat are on the shared data\n",
    stderr: "",
  });
  expect(onShared()).toBe(renewedOne());
  expect(lstatSync(shared("root/.xcat/client-cred.pem")).mode & 0o777).toBe(0o600);
  expect(readlinkSync(root(".xcat"))).toBe(shared("root/.xcat"));
  const kept = (folder: string) =>
    readdirSync(folder)
      .filter((name) => name !== ".xcat")
      .map((name) => of(`${folder}/${name}`));
  expect(kept(shared("root"))).toEqual([old()]);
  expect(kept(root())).toEqual([renewedOne()]);
  expect(adopt().stdout).toBe("");
});

test("what a check would do is told and not done", () => {
  renewed();
  expect(adopt("--check").stdout).toContain("changed: ");
  expect(onShared()).toBe(old());
  expect(lstatSync(root(".xcat")).isSymbolicLink()).toBe(false);
});

test("those that setup-local-client.sh renewed under the same authority go there too", () => {
  copy("new/home", shared("root/.xcat"));
  sandbox.execute(["touch", "-d", "1 hour ago", shared("root/.xcat/client-cred.pem")]);
  makeCertificates(sandbox, { etc: shared("etc/xcat"), home: root(".xcat") }, { what: "client" });
  const own = of(root(".xcat"));
  expect(own).not.toBe(onShared());
  expect(adopt().stdout).toContain("changed: ");
  expect(onShared()).toBe(own);
});

const unchanged: readonly (readonly [string, () => void])[] = [
  ["a link", () => symlinkSync(shared("root/.xcat"), root(".xcat"))],
  ["nothing there", () => {}],
  ["a directory without certificates", () => mkdirSync(root(".xcat"))],
  [
    "certificates of another authority, which a standby has of its own",
    () => copy("old/home", root(".xcat")),
  ],
  [
    "certificates that the shared data has as well",
    () => {
      renewed();
      copy("new/home", shared("root/.xcat"));
    },
  ],
  [
    "older ones that are valid as well",
    () => {
      makeCertificates(
        sandbox,
        { etc: shared("etc/xcat"), home: root(".xcat") },
        { what: "client" },
      );
      sandbox.execute(["touch", "-d", "1 hour ago", root(".xcat/client-cred.pem")]);
      copy("new/home", shared("root/.xcat"));
    },
  ],
  [
    "a pair that links by mounts",
    () => {
      renewed();
      sandbox.configure({ ...settings(), METHOD: "bind" });
    },
  ],
  [
    "a host that does not own the pair",
    () => {
      renewed();
      writeFileSync(shared(".xcatha/owner/0000000011"), "host: host2\n");
    },
  ],
  [
    "no authority to compare with",
    () => {
      renewed();
      sandbox.configure({ ...settings(), SHARED: "/nowhere" });
    },
  ],
];
test.each(unchanged)("changes nothing: %s", (_, make) => {
  make();
  const before = readdirSync(root());
  expect(adopt()).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(readdirSync(root())).toEqual(before);
  expect(readdirSync(shared("root"))).toEqual([".xcat"]);
});

test("a run that died between the two renames is gone on with", () => {
  renewed();
  sandbox.execute(["mv", shared("root/.xcat"), shared("root/.xcat.kept")]);
  expect(adopt().code).toBe(0);
  expect(onShared()).toBe(renewedOne());
});

test("a copy that fails is refused, and leaves the host's directory as it was", () => {
  renewed();
  sandbox.execute(["mv", shared("root"), shared("root.kept")]);
  writeFileSync(shared("root"), "no directory");
  const { code, stderr } = adopt();
  expect([code, stderr]).toEqual([1, expect.stringContaining("Nothing was stopped.")]);
  expect(lstatSync(root(".xcat")).isDirectory()).toBe(true);
});

describe("deactivate-xcatmn, typed on the host", () => {
  const deactivate = () => {
    sandbox.configure({
      ...settings(),
      UNITS: "xcatd",
      BOOT_UNITS: "xcatd",
      DEVICE: "",
      OUTLAST: "0",
      VIRTUAL_ADDRESS: "10.0.0.50",
      VIRTUAL_HOSTNAME: "xcatmn",
      OWN_HOSTNAME: "host1",
    });
    sandbox.command(
      "systemctl",
      `echo "$@" >> ${sandbox.path("calls")}; shift; for one; do echo inactive; done; exit 3`,
    );
    sandbox.command("ip", "true");
    return sandbox.run("deactivate-xcatmn", [], "", {
      XCATHA_ROOT: sandbox.path("root"),
      XCATHA_RUN: sandbox.path("run"),
    });
  };

  test("brings them too, before anything stops", () => {
    renewed();
    expect(deactivate().stdout).toMatch(/^changed: the renewed certificates in \/root\/\.xcat/);
    expect(onShared()).toBe(renewedOne());
  });

  test("stops nothing when they cannot be brought", () => {
    renewed();
    sandbox.execute(["mv", shared("root"), shared("root.kept")]);
    writeFileSync(shared("root"), "no directory");
    const { code, stderr } = deactivate();
    expect([code, stderr]).toEqual([1, expect.stringContaining("Nothing was stopped.")]);
    expect(existsSync(sandbox.path("calls"))).toBe(false);
  });
});
