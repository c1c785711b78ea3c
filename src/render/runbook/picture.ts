import type { Site } from "../../plan/site.js";

/** The pair at rest, as a Mermaid flow chart. */
export const pairPicture = ({ pair }: Site): string => {
  const [first, second] = pair.hosts;
  return `\`\`\`mermaid
flowchart LR
  nodes["cluster nodes"] --> vip(["virtual IP ${pair.virtual.address}<br>${pair.virtual.hostname}"])
  vip --> a["${first.name}<br>${first.address}<br>active"]
  vip -.-> b["${second.name}<br>${second.address}<br>standby"]
  a --> data[("shared data<br>${pair.shared.path}")]
  b -.-> data
\`\`\``;
};
