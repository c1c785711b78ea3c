interface Destroyable {
  destroy(): void;
}

const labs = new Set<Destroyable>();

/** Has a lab destroyed when this process ends, by whatever way leaves it a last word. */
export function removeAtExit(lab: Destroyable): void {
  if (labs.size === 0) {
    process.on("exit", destroyAll);
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.once(name, () => {
        destroyAll();
        // Its handler is gone by now, so the signal takes its usual effect.
        process.kill(process.pid, name);
      });
    }
  }
  labs.add(lab);
}

function destroyAll(): void {
  for (const lab of labs) lab.destroy();
  labs.clear();
}
