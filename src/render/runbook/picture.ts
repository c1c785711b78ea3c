import type { Site } from "../../plan/site.js";

/** The pair at rest, as a Mermaid flow chart. */
export const pairPicture = ({ pair }: Site): string => {
  const [first, second] = pair.hosts;
  const held = [pair.virtual, ...pair.further].map(
    ({ address, hostname }) => `${address}<br>${hostname}`,
  );
  return `\`\`\`mermaid
flowchart LR
  nodes["cluster nodes"] --> vip(["virtual IP ${held.join("<br>")}"])
  vip --> a["${first.name}<br>${first.address}<br>active"]
  vip -.-> b["${second.name}<br>${second.address}<br>standby"]
  a --> data[("shared data<br>${pair.shared.path}")]
  b -.-> data
\`\`\``;
};
