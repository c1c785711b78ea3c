import { Narrator } from "./story/narrator.js";
import { prepareMachine } from "./story/prepare-machine.js";

// `prepare.sh`, for who watches: never silent for 20 s.
try {
  await prepareMachine(new Narrator((line) => process.stdout.write(`${line}\n`)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
