import type { Host } from "./harness/host.js";

/** Services of the user's own: one that starts before xCAT's, one after. */
export const BEFORE = "beat-before";
export const AFTER = "beat-after";

/** The user's own directory on the shared data, to which both write. */
export const BEATS = "/srv/beats";

/** Gives a host both services, enabled as their packages would leave them. They have to beat on shared data alone. */
export async function installHeartbeats(host: Host): Promise<void> {
  await host.ask(`mkdir -p ${BEATS}`);
  for (const unit of [BEFORE, AFTER]) {
    const text = `[Service]
ExecStart=/bin/bash -c 'while sleep 0.2; do echo $(cat /etc/hostname) $(date +%%s%%N) >> ${BEATS}/${unit}; done'
[Install]
WantedBy=multi-user.target
`;
    await host.ask(`cat > /etc/systemd/system/${unit}.service`, { input: text });
  }
  await host.ask(`systemctl daemon-reload && systemctl enable -q ${BEFORE} ${AFTER}`);
}

/** The hosts that a service beat on, in order of time, each turn once: host1, host2, host1 … */
export async function turnsOf(host: Host, unit: string): Promise<readonly string[]> {
  const text = await host.ask(`sort -n -k 2 ${BEATS}/${unit}`);
  const names = text.split("\n").map((line) => line.split(" ")[0] ?? "");
  return names.filter((name, place) => name !== names[place - 1]);
}
