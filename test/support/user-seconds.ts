/** Seconds that this process computes, however busy the machine is with others. */
export function userSeconds(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1e6;
}
