// A client of the pair, outside both hosts: `node client.js ADDRESS STOP`. It connects to the database every 50 ms and to
// xcatd every 100 (which forks for each connection), until the file STOP is there, and prints a line for each that was
// answered: `database MILLISECONDS`, on the clock of the machine, when the answer came.
import { existsSync } from "node:fs";
import { connect } from "node:net";

const [address = "", stop = ""] = process.argv.slice(2);

/** No answer is later than this, in milliseconds: the next question is on its way. */
const PATIENCE = 1000;

/** The start message of PostgreSQL's protocol 3.0, which a server that still starts answers with an error. */
function startMessage(): Buffer {
  const words = Buffer.from("user\0xcatadm\0database\0xcatdb\0\0");
  const head = Buffer.alloc(8);
  head.writeInt32BE(8 + words.length, 0);
  head.writeInt32BE(3 << 16, 4);
  return Buffer.concat([head, words]);
}

/** Connects once; notes an answer that counts. */
function ask(service: string, port: number, question?: Buffer): void {
  const note = () => process.stdout.write(`${service} ${Date.now()}\n`);
  const socket = connect({ host: address, port, timeout: PATIENCE });
  const end = () => socket.destroy();
  socket.on("timeout", end).on("error", end);
  socket.on("connect", () => {
    if (question !== undefined) return socket.write(question);
    note();
    return end();
  });
  socket.on("data", (answer) => {
    // It asks who is there: it serves.
    if (answer.toString("latin1", 0, 1) === "R") note();
    end();
  });
}

const timers = [
  setInterval(() => ask("database", 5432, startMessage()), 50),
  setInterval(() => ask("xcatd", 3001), 100),
  setInterval(() => {
    if (existsSync(stop)) for (const timer of timers) clearInterval(timer);
  }, 200),
];
