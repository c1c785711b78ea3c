import { expect, test } from "vitest";
import { leftoversText } from "../../lab/story/leftovers.js";
import { namesIn } from "../../lab/story/prepare-machine.js";

const left = {
  home: "/var/tmp/xcatha-lab",
  size: "2.6G",
  packages: ["ansible-core", "zsh"],
  checkout: "/home/me/my xcatha",
  alive: [],
};

test("each thing that is left has the command that removes it", () => {
  expect(leftoversText(left)).toBe(
    `/var/tmp/xcatha-lab (2.6G): what the hosts boot from. The next run starts at once with it:
    rm -rf --one-file-system /var/tmp/xcatha-lab
2 Debian packages that were not here before, with what they need:
    apt-get purge --autoremove ansible-core zsh
this checkout, with what was installed and built in it:
    rm -rf '/home/me/my xcatha'
Nothing runs any more: no host, no network, no mount of it is left.
`,
  );
});

test("packages that were here before are not named, and what still runs is", () => {
  const text = leftoversText({ ...left, packages: [], alive: ["xcatha-demo-host1"] });
  expect(text).not.toContain("apt-get");
  expect(text).toContain("Still there: xcatha-demo-host1. To end it: npm run lab -- remove demo\n");
});

test("a list of packages is read without its comments", () => {
  expect(namesIn("# tools\ngit # for clones\n\n  zsh\n")).toEqual(["git", "zsh"]);
});
