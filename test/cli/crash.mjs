// Loaded before the command: kills the process at a certain replacement of a file.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const rename = fs.renameSync;
let count = 0;
fs.renameSync = (...given) => {
  count += 1;
  if (count === Number(process.env.CRASH_AT)) process.kill(process.pid, "SIGKILL");
  return rename(...given);
};
syncBuiltinESMExports();
