import type { Host } from "./harness/host.js";

/** Places that change by themselves on a host that is left alone, or by any login, or as dnf reads them. */
const ALIVE = [
  "/root/.ansible",
  "/var/lib/systemd",
  "/var/lib/chrony",
  "/var/lib/dhcp",
  "/var/lib/dnf/history.sqlite-shm",
];

const LOOK = `
  echo "name $(uname -n)"
  ip -o -4 address show | awk '{print "address", $2, $4}'
  ip -4 route show | sed 's/^/route /'
  findmnt --list --noheadings --output TARGET,SOURCE,FSTYPE | grep -v -e ' /run/user' -e '^/run/user' | sed 's/^/mount /'
  systemctl list-unit-files --no-legend | awk '{print "boot", $1, $2}'
  systemctl list-units --all --plain --no-legend --type=service | grep -v -e '^user' -e '^systemd-' -e '^apt-' -e '^dpkg-' -e '^e2scrub' -e '^phpsess' |
    awk '!($3 == "inactive" && $4 == "dead") {print "unit", $1, $3, $4}'
  ls -A /run/xcatha 2>/dev/null | sed 's/^/guard /'
  for place in "$@"; do
    find "$place" -xdev ALIVE -printf 'file %p %y %m %U:%G %l\\n' 2>/dev/null
    find "$place" -xdev ALIVE -type f -print0 2>/dev/null | xargs -0 -r sha256sum 2>/dev/null
  done
`.replaceAll("ALIVE", ALIVE.map((path) => `-not -path '${path}*'`).join(" "));

/** Where a playbook may write to. */
const PLACES = ["/etc", "/root", "/install", "/tftpboot", "/var/lib", "/var/spool", "/usr/local"];

/**
 * All of a host that a run could have changed, a line each: name, addresses, routes, mounts, units and their boot
 * settings, and every file with owner, mode, target and checksum.
 */
export async function footprintOf(
  host: Host,
  places: readonly string[] = PLACES,
): Promise<readonly string[]> {
  const words = places.map((place) => `'${place}'`).join(" ");
  const text = await host.ask(`bash -s ${words}`, { input: LOOK });
  return text.split("\n").sort();
}

/** What is in only one of two footprints, for a message that can be read. */
export function differenceOf(
  before: readonly string[],
  after: readonly string[],
): readonly string[] {
  const [old, now] = [new Set(before), new Set(after)];
  return [
    ...before.filter((line) => !now.has(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !old.has(line)).map((line) => `+ ${line}`),
  ];
}
