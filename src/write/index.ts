export { applyChanges, blockers, summary } from "./apply.js";
export { type Change, givesWay, isWanted } from "./change.js";
export { findChanges } from "./changes.js";
export { changeDiff } from "./diff.js";
export { findWork } from "./journal.js";
export type { Origin } from "./manifest.js";
export { staleness } from "./staleness.js";
export { findNeglected } from "./upkeep.js";
export { identityOf } from "./whose.js";
