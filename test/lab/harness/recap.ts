/** One host's line in Ansible's PLAY RECAP. */
export interface HostRecap {
  readonly ok: number;
  readonly changed: number;
  readonly unreachable: number;
  readonly failed: number;
  readonly skipped: number;
  readonly rescued: number;
  readonly ignored: number;
}

const LINE =
  /^(\S+)\s+: ok=(\d+)\s+changed=(\d+)\s+unreachable=(\d+)\s+failed=(\d+)\s+skipped=(\d+)\s+rescued=(\d+)\s+ignored=(\d+)/gm;

/** The recap at the end of what ansible-playbook printed, by host. */
export function parseRecap(stdout: string): ReadonlyMap<string, HostRecap> {
  const text = stdout.slice(stdout.lastIndexOf("PLAY RECAP"));
  const recap = new Map<string, HostRecap>();
  for (const [, host = "", ...counts] of text.matchAll(LINE)) {
    const [
      ok = 0,
      changed = 0,
      unreachable = 0,
      failed = 0,
      skipped = 0,
      rescued = 0,
      ignored = 0,
    ] = counts.map(Number);
    recap.set(host, { ok, changed, unreachable, failed, skipped, rescued, ignored });
  }
  return recap;
}
