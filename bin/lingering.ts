let mayLinger = false;

/** Says that connections may stay open when a command is done: one through a proxy that never answers cannot be closed. */
export function connectionsMayLinger(): void {
  mayLinger = true;
}

/** Ends the process, if connections may keep it, once everything is written. */
export function endDespiteConnections(): void {
  if (!mayLinger) {
    return;
  }
  const timer = setInterval(() => {
    if (process.stdout.writableLength + process.stderr.writableLength === 0) {
      process.exit();
    }
  }, 50);
  timer.unref();
}
