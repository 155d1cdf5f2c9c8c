/** The time, handed in so that tests can turn it. */
export interface Clock {
  /** In milliseconds since 1970. */
  now(): number;
  /** Calls `run` every so many milliseconds until the returned function is called. */
  every(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  every: (ms, run) => {
    // It must not keep a process alive that has nothing else to do.
    const timer = setInterval(run, ms).unref();
    return () => clearInterval(timer);
  },
};
