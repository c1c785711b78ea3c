export { applyChanges, blockers } from "./apply.js";
export type { Change } from "./change.js";
export { findChanges } from "./changes.js";
export { changeDiff } from "./diff.js";
export { staleness } from "./staleness.js";
