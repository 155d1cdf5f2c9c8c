/** The last so many of what was added, oldest first. */
export class Recent<T> {
  private readonly kept: T[] = [];

  constructor(private readonly most: number) {}

  add(item: T): void {
    this.kept.push(item);
    if (this.kept.length > this.most) this.kept.shift();
  }

  get all(): readonly T[] {
    return this.kept;
  }
}
