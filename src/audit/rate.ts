const overMs = 10_000;

/** How many a second there were, over the last seconds. @param times in milliseconds, ascending */
export function rateOf(times: readonly number[]): number {
  const since = Date.now() - overMs;
  const recent = times.slice(times.findLastIndex((time) => time < since) + 1);
  const [first] = recent;
  const seconds = first === undefined ? 0 : (Date.now() - first) / 1000;
  return seconds > 0 ? recent.length / seconds : 0;
}
