import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach } from "vitest";
import { assertBuilt } from "./xcatha.js";

/** Gives each test of a file its own empty folder, and makes sure that what is tested is built. */
export function useFolder(): () => string {
  let folder: string;
  beforeAll(assertBuilt);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "xcatha-cli-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return () => folder;
}

/** The smallest model. */
export const smallestModel = `platform: el9
hosts: [{name: host1, address: 10.5.106.70}, {name: host2, address: 10.5.106.5}]
virtual: {address: 10.5.106.50, netmask: 255.255.255.0, nic: eth0, hostname: hamn}
shared: {path: /HA-data}
`;
