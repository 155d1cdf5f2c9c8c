/** Whether something holds; `unknown` when what it depends on is not known. */
export type Truth = 'yes' | 'no' | 'unknown';

export function truthOf(holds: boolean): Truth {
  return holds ? 'yes' : 'no';
}

export function not(truth: Truth): Truth {
  if (truth === 'unknown') return truth;
  return truth === 'yes' ? 'no' : 'yes';
}

/** Whether it holds of all: one that it does not hold of decides, whatever is unknown. */
export function every<T>(items: readonly T[], holds: (item: T) => Truth): Truth {
  let all: Truth = 'yes';
  for (const item of items) {
    const truth = holds(item);
    if (truth === 'no') return 'no';
    if (truth === 'unknown') all = 'unknown';
  }
  return all;
}

/** Whether it holds of at least one. */
export function some<T>(items: readonly T[], holds: (item: T) => Truth): Truth {
  let any: Truth = 'no';
  for (const item of items) {
    const truth = holds(item);
    if (truth === 'yes') return 'yes';
    if (truth === 'unknown') any = 'unknown';
  }
  return any;
}

export function either(one: Truth, other: Truth): Truth {
  if (one === 'yes' || other === 'yes') return 'yes';
  return one === 'no' && other === 'no' ? 'no' : 'unknown';
}
