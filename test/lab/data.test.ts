import { describe, expect } from "vitest";
import { installXcat } from "./earlier.js";
import type { Host } from "./harness/host.js";
import { createLab } from "./harness/lab.js";
import { manifestOf, manifestSumOf } from "./manifest.js";
import { ODD_DATA } from "./odd-data.js";
import { modelOf, Pair, tailOf } from "./pair.js";
import { scenarioInFull } from "./selection.js";

const FILES = 100_000;

/** Many small files of owners that differ, in directories of a thousand. */
const MANY = `
import os
for number in range(${FILES}):
    directory = f"/install/many/{number // 1000}"
    os.makedirs(directory, exist_ok=True)
    path = f"{directory}/{number}"
    with open(path, "w") as file:
        file.write(str(number))
    os.chown(path, number % 7, number % 11)
`;

/** What an administrator keeps beside xCAT's own files. */
const BESIDE_XCAT = `mkdir -m 700 /etc/xcat/ours /tftpboot/ours
  echo secret > /etc/xcat/ours/key && chmod 600 /etc/xcat/ours/key
  ln /etc/xcat/ours/key /etc/xcat/ours/same && ln -s /install/odd/plain /tftpboot/ours/link
  head -c 5M /dev/urandom > /tftpboot/ours/random`;

async function dataOf(host: Host): Promise<readonly string[]> {
  const places = ["/install/odd", "/etc/xcat/ours", "/tftpboot/ours"];
  const manifests = places.map((place) => manifestOf(host, place));
  return Promise.all([...manifests, manifestSumOf(host, "/install/many")]);
}

describe("the data of a management node that was in use", () => {
  scenarioInFull(
    "is the same, file by file, after setup, failover and failing back",
    async (context) => {
      const lab = await createLab({ id: "data", root: "services" });
      context.onTestFinished(() => lab.destroy());
      const [host1, host2] = [lab.host("host1"), lab.host("host2")];
      const pair = new Pair(lab, "2.19");
      const play = async (playbook: string) => {
        const run = await pair.run(playbook);
        expect(run.code, tailOf(run)).toBe(0);
      };
      await Promise.all([pair.generate(modelOf(lab)), installXcat(host1)]);
      await host1.ask(ODD_DATA);
      await host1.ask(BESIDE_XCAT);
      await host1.ask("python3 -", { input: MANY });
      expect(await host1.ask("find /install/many -type f | wc -l")).toBe(String(FILES));
      const before = await dataOf(host1);

      await play("setup.yml");
      expect(await dataOf(host1)).toEqual(before);
      await play("failover.yml");
      expect(await dataOf(host2)).toEqual(before);
      await play("failover.yml");
      expect(await dataOf(host1)).toEqual(before);
      // What stood in the way of the links was moved aside: nothing that was there is gone.
      await play("deactivate.yml");
      expect(await dataOf(host1)).toEqual(before);
    },
  );
});
