import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Sandbox } from "./program.js";

let sandbox: Sandbox;
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
  for (const folder of [
    "HA-data/.xcatha/owner",
    "HA-data/etc/xcat/ca",
    "HA-data/root/.xcat",
    "root/root",
  ])
    mkdirSync(sandbox.path(folder), { recursive: true });
  writeFileSync(shared(".xcatha/owner/0000000009"), "host: host2\n");
  writeFileSync(shared(".xcatha/owner/0000000010"), "host: host1\nby: host1\n");
  // A certificate fits when it names the authority.
  writeFileSync(shared("etc/xcat/ca/ca-cert.pem"), "new");
  writeFileSync(shared("root/.xcat/client-cert.pem"), "old");
  sandbox.command("openssl", 'cmp -s "$3" "$4" || { echo "verification failed" >&2; exit 2; }');
});
afterEach(() => sandbox[Symbol.dispose]());

const adopt = (...args: readonly string[]) =>
  sandbox.run("adopt", args, "", { XCATHA_ROOT: sandbox.path("root") });
const renewed = (certificate = "new") => {
  mkdirSync(root(".xcat"));
  writeFileSync(root(".xcat/client-cert.pem"), certificate, { mode: 0o600 });
};
const onShared = () => readFileSync(shared("root/.xcat/client-cert.pem"), "utf8");

test("renewed certificates go to the shared data, the link comes back, and nothing is lost", () => {
  renewed();
  chmodSync(root(".xcat"), 0o755);
  expect(adopt()).toEqual({
    code: 0,
    stdout: "changed: the renewed certificates in /root/.xcat are on the shared data\n",
    stderr: "",
  });
  expect(onShared()).toBe("new");
  expect(lstatSync(shared("root/.xcat/client-cert.pem")).mode & 0o777).toBe(0o600);
  expect(readlinkSync(root(".xcat"))).toBe(shared("root/.xcat"));
  const kept = (folder: string) =>
    readdirSync(folder)
      .filter((name) => name !== ".xcat")
      .map((name) => readFileSync(`${folder}/${name}/client-cert.pem`, "utf8"));
  expect(kept(shared("root"))).toEqual(["old"]);
  expect(kept(root())).toEqual(["new"]);
  expect(adopt().stdout).toBe("");
});

test("what a check would do is told and not done", () => {
  renewed();
  expect(adopt("--check").stdout).toContain("changed: ");
  expect(onShared()).toBe("old");
  expect(lstatSync(root(".xcat")).isSymbolicLink()).toBe(false);
});

const unchanged: readonly (readonly [string, () => void])[] = [
  ["a link", () => symlinkSync(shared("root/.xcat"), root(".xcat"))],
  ["nothing there", () => {}],
  ["a directory without certificates", () => mkdirSync(root(".xcat"))],
  ["certificates of another authority, which a standby has of its own", () => renewed("other")],
  [
    "certificates that the shared data has as well",
    () => {
      renewed();
      writeFileSync(shared("root/.xcat/client-cert.pem"), "new");
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
  expect(onShared()).toBe("new");
});

test("a copy that fails is refused, and leaves the host's directory as it was", () => {
  renewed();
  sandbox.execute(["mv", shared("root"), shared("root.kept")]);
  writeFileSync(shared("root"), "no directory");
  const { code, stderr } = adopt();
  expect([code, stderr]).toEqual([1, expect.stringContaining("Nothing was stopped.")]);
  expect(lstatSync(root(".xcat")).isDirectory()).toBe(true);
});
