import assert from 'node:assert/strict';
import type { Turn } from '../../src/aws/pacer';
import { Pacer } from '../../src/aws/pacer';
import { Pacers } from '../../src/aws/pacers';
import { Slots } from '../../src/aws/slots';
import type { Urgency } from '../../src/core/policyStore';
import { FakePacerClock, settled } from './fakePacerClock';

const quota = { ratePerSecond: 15, burst: 15 };

/** A pacer under a clock of its own, and who had a turn, in order. */
class Bench {
  readonly clock = new FakePacerClock();
  readonly pacer = new Pacer(quota, this.clock);
  readonly given: string[] = [];
  readonly turns: Turn[] = [];

  ask(name: string, urgency: Urgency = 'now', signal = new AbortController().signal): void {
    const turn = this.pacer.turn(urgency, signal).then((given) => {
      this.given.push(name);
      this.turns.push(given);
      this.pacer.lost(given);
    });
    turn.catch((error: unknown) => this.given.push(`${name}: ${(error as Error).name}`));
  }

  askMany(count: number, urgency: Urgency = 'now'): void {
    for (let at = 0; at < count; at++) this.ask(`${urgency} ${at}`, urgency);
  }

  /** Uses up what is let through at once. */
  async drain(): Promise<void> {
    this.askMany(quota.burst);
    await settled();
    assert.equal(this.given.length, quota.burst);
    this.given.length = 0;
  }
}

suite('Pacer: the rate', () => {
  test('a burst at once, then one each fifteenth of a second, and no sooner', async () => {
    const at = new Bench();
    const { clock, given } = at;
    at.askMany(1_000);
    await clock.advance(0);
    assert.equal(given.length, 15);
    await clock.advance(66);
    assert.equal(given.length, 15);
    await clock.advance(1);
    assert.equal(given.length, 16);
    await clock.advance(60_000 - 67);
    assert.equal(given.length, 15 + 900);
  });

  test('timers that come late lose nothing', async () => {
    const at = new Bench();
    const { clock, given } = at;
    at.askMany(1_000);
    await clock.advance(10_000, 40);
    await clock.advance(50_000, 9);
    assert.ok(given.length >= 15 + 899 && given.length <= 15 + 900, String(given.length));
  });

  test('what was not used is saved up to a burst, not more', async () => {
    const at = new Bench();
    const { clock, given } = at;
    await at.drain();
    await clock.advance(400);
    at.askMany(100);
    await clock.advance(0);
    assert.equal(given.length, 6);
    await clock.advance(60_000);
    given.length = 0;
    at.askMany(100);
    await clock.advance(0);
    assert.equal(given.length, 15);
  });

  test('one timer for all who wait, and none when nobody does', async () => {
    const at = new Bench();
    const { clock } = at;
    at.askMany(15);
    await clock.advance(0);
    assert.deepEqual([clock.running, clock.started], [0, 0]);
    at.askMany(300);
    await clock.advance(0);
    assert.equal(clock.running, 1);
    await clock.advance(20_000);
    assert.equal(clock.running, 0);
    assert.ok(clock.started <= 301, String(clock.started));
    await clock.advance(60_000);
    assert.equal(clock.running, 0);
  });
});

suite('Pacer: who is next', () => {
  test('what a person asked for last, also among what was asked for in one go', async () => {
    const at = new Bench();
    const { clock, given } = at;
    at.askMany(20);
    await clock.advance(0);
    assert.deepEqual([given[0], given[14]], ['now 19', 'now 5']);
    at.ask('later');
    await clock.advance(400);
    assert.deepEqual(given.slice(15), ['later', 'now 4', 'now 3', 'now 2', 'now 1', 'now 0']);
  });

  test('the background when nobody waits, in its order', async () => {
    const at = new Bench();
    const { clock, given } = at;
    await at.drain();
    at.askMany(4, 'background');
    await clock.advance(67);
    at.askMany(2);
    await clock.advance(1_000);
    assert.deepEqual(given, [
      'background 0',
      'now 1',
      'now 0',
      'background 1',
      'background 2',
      'background 3',
    ]);
  });

  test('people who keep asking do not keep the line from draining when they stop', async () => {
    const at = new Bench();
    const { clock, given } = at;
    await at.drain();
    at.ask('old');
    at.ask('behind', 'background');
    for (let second = 0; second < 30; second++) {
      at.askMany(15);
      await clock.advance(1_000);
    }
    assert.ok(!given.includes('old'));
    await clock.advance(200);
    assert.deepEqual(given.slice(-2), ['old', 'behind']);
  });

  test('what has to be repeated keeps its place among the wishes', async () => {
    const at = new Bench();
    const { clock, given, turns, pacer } = at;
    at.ask('first');
    at.ask('first behind', 'background');
    await settled();
    const [now, behind] = turns;
    assert.ok(now && behind);
    at.askMany(quota.burst - 2);
    await settled();
    at.ask('second');
    at.ask('second behind', 'background');
    const { signal } = new AbortController();
    void pacer.turn('now', signal, now).then(() => given.push('first again'));
    void pacer.turn('background', signal, behind).then(() => given.push('first behind again'));
    await clock.advance(1_000);
    assert.deepEqual(given.slice(-4), [
      'second',
      'first again',
      'first behind again',
      'second behind',
    ]);
  });
});

suite('Pacer: what is under way', () => {
  const waitingFor = async ({ pacer, clock }: Bench, count: number) => {
    const turns: Turn[] = [];
    for (let at = 0; at < count; at++) {
      void pacer.turn('now', new AbortController().signal).then((turn) => turns.push(turn));
    }
    await clock.advance(60_000);
    return turns;
  };

  test('no more than twenty, until one ends, however it does', async () => {
    const at = new Bench();
    const { clock, pacer } = at;
    const turns = await waitingFor(at, 100);
    assert.deepEqual([turns.length, clock.running], [20, 0]);
    const [one, other, third] = turns;
    assert.ok(one && other && third);
    pacer.lost(one);
    pacer.succeeded(other);
    await settled();
    assert.equal(turns.length, 22);
    pacer.throttled(third);
    await clock.advance(10_000);
    assert.equal(turns.length, 23);
  });

  test('a turn ends once', async () => {
    const at = new Bench();
    const turns = await waitingFor(at, 100);
    const [one] = turns;
    assert.ok(one);
    for (let times = 0; times < 5; times++) at.pacer.lost(one);
    at.pacer.succeeded(one);
    await settled();
    assert.equal(turns.length, 21);
  });

  test('the latest wish is the next all the same', async () => {
    const at = new Bench();
    const [one] = await waitingFor(at, 100);
    assert.ok(one);
    at.ask('latest');
    await settled();
    assert.deepEqual(at.given, []);
    at.pacer.lost(one);
    await settled();
    assert.equal(at.given[0], 'latest');
  });
});

suite('Pacer: giving up', () => {
  test('a signal that ends takes its own out of the line at once', async () => {
    const at = new Bench();
    const { clock, given } = at;
    await at.drain();
    const ending = new AbortController();
    at.ask('ends', 'now', ending.signal);
    at.ask('ends too', 'background', ending.signal);
    at.ask('stays');
    await settled();
    ending.abort(new Error('closed'));
    await settled();
    assert.deepEqual(given, ['ends: AbortError', 'ends too: AbortError']);
    await clock.advance(67);
    assert.deepEqual(given.slice(2), ['stays']);
    assert.equal(clock.running, 0);
  });

  test('when all have left, no timer is left, and no turn was used', async () => {
    const at = new Bench();
    const { clock, given } = at;
    await at.drain();
    const ending = new AbortController();
    for (let n = 0; n < 100; n++) at.ask(`${n}`, 'now', ending.signal);
    await settled();
    assert.equal(clock.running, 1);
    ending.abort();
    await settled();
    assert.equal(clock.running, 0);
    await clock.advance(1_000);
    given.length = 0;
    at.askMany(20);
    await settled();
    assert.equal(given.length, 15);
  });

  test('a signal that has ended never waits', async () => {
    const at = new Bench();
    const { clock, pacer } = at;
    await assert.rejects(pacer.turn('now', AbortSignal.abort()), { name: 'AbortError' });
    at.askMany(15);
    await settled();
    assert.deepEqual([at.given.length, clock.running], [15, 0]);
  });

  test('ten thousand on one signal have one listener', async () => {
    const { pacer } = new Bench();
    const ending = new AbortController();
    let listeners = 0;
    const add = ending.signal.addEventListener.bind(ending.signal);
    ending.signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners++;
      add(...args);
    };
    const turns = Array.from({ length: 10_000 }, () => pacer.turn('background', ending.signal));
    await settled();
    ending.abort();
    const ends = await Promise.allSettled(turns);
    assert.equal(ends.filter(({ status }) => status === 'rejected').length, 10_000 - 15);
    assert.equal(listeners, 1);
  });
});

/** A service with a quota of its own, and requests without end that are repeated when refused. */
class Service {
  readonly clock = new FakePacerClock();
  readonly pacer = new Pacer(quota, this.clock);
  answered = 0;
  refused = 0;
  private level: number;
  private filledAt = this.clock.now();

  constructor(
    public ratePerSecond: number,
    private readonly burst: number,
    private readonly latencyMs: () => number = () => 30,
  ) {
    this.level = burst;
  }

  ask(count: number): void {
    for (let at = 0; at < count; at++) void this.request();
  }

  private async request(): Promise<void> {
    const { signal } = new AbortController();
    let turn: Turn | undefined;
    for (;;) {
      turn = await this.pacer.turn('background', signal, turn);
      await this.pause(this.latencyMs() / 2);
      const isThrough = this.take();
      await this.pause(this.latencyMs() / 2);
      if (isThrough) break;
      this.refused++;
      this.pacer.throttled(turn);
    }
    this.answered++;
    this.pacer.succeeded(turn);
  }

  private take(): boolean {
    const now = this.clock.now();
    const gained = ((now - this.filledAt) / 1000) * this.ratePerSecond;
    this.level = Math.min(this.burst, this.level + gained);
    this.filledAt = now;
    if (this.level < 1) return false;
    this.level--;
    return true;
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.clock.after(ms, resolve));
  }

  rate(): number {
    return this.pacer.ratePerSecond;
  }

  /** What comes in so many seconds. */
  async pass(seconds: number): Promise<{ answered: number; refused: number }> {
    const { answered, refused } = this;
    await this.clock.advance(seconds * 1000);
    return { answered: this.answered - answered, refused: this.refused - refused };
  }
}

suite('Pacer: a quota that is smaller, or shared', function () {
  this.timeout(20_000);

  test('the whole quota is used, and nothing is refused', async () => {
    const service = new Service(15, 15);
    service.ask(3_000);
    const { answered, refused } = await service.pass(60);
    assert.ok(answered >= 15 + 60 * 15 - 2, String(answered));
    assert.equal(refused, 0);
  });

  test('what the network brings closer together costs one refusal, and no speed', async () => {
    let request = 0;
    // The first connections take their time.
    const service = new Service(15, 15, () => (request++ < 30 ? 200 : 40));
    service.ask(3_000);
    const { answered, refused } = await service.pass(60);
    assert.ok(refused >= 1 && refused <= 2, String(refused));
    assert.equal(service.rate(), 15);
    assert.ok(answered >= 60 * 15, String(answered));
  });

  for (const burst of [7.5, 15]) {
    test(`half of it, ${burst} at once: found within seconds, and then seldom exceeded`, async () => {
      const service = new Service(7.5, burst);
      service.ask(3_000);
      const first = await service.pass(10);
      assert.ok(first.refused <= 15, `${first.refused} refused at first`);
      const { answered, refused } = await service.pass(120);
      assert.ok(answered >= 0.97 * 7.5 * 120, `${answered} answered`);
      assert.ok(refused <= 0.03 * answered, `${refused} refused of ${answered}`);
    });
  }

  test('another program takes half for a while: the rate falls, and rises to the quota again', async () => {
    const service = new Service(15, 15);
    service.ask(5_000);
    await service.pass(20);
    assert.equal(service.rate(), 15);
    service.ratePerSecond = 7.5;
    await service.pass(10);
    assert.ok(service.rate() < 10, String(service.rate()));
    service.ratePerSecond = 15;
    await service.pass(30);
    assert.equal(service.rate(), 15);
    const { answered, refused } = await service.pass(20);
    assert.ok(answered >= 299 && answered <= 301, String(answered));
    assert.equal(refused, 0);
  });

  test('the rate never rises above the quota, whatever is answered', () => {
    const { pacer } = new Bench();
    for (let given = 0; given < 10_000; given++) pacer.succeeded({ asked: given, given });
    assert.equal(pacer.ratePerSecond, 15);
  });

  test('nothing is let through: one try in two seconds, and no fewer', async () => {
    const service = new Service(0, 0);
    service.ask(100);
    await service.pass(20);
    const { refused } = await service.pass(60);
    assert.ok(refused >= 28 && refused <= 31, String(refused));
  });

  test('what was on its way together slows it down once', async () => {
    const at = new Bench();
    const { clock, pacer, turns } = at;
    at.askMany(15);
    await settled();
    for (const turn of turns) pacer.throttled(turn);
    assert.equal(pacer.ratePerSecond, 15);
    at.askMany(2);
    await clock.advance(1_000);
    const later = turns.slice(15);
    assert.equal(later.length, 2);
    for (const turn of later) pacer.throttled(turn);
    assert.ok(Math.abs(pacer.ratePerSecond - 10.5) < 1e-9, String(pacer.ratePerSecond));
  });
});

suite('Pacers', () => {
  test('one pair for each account and region', () => {
    const pacers = new Pacers();
    const here = pacers.pacersFor('111122223333 eu-west-1');
    assert.equal(pacers.pacersFor('111122223333 eu-west-1'), here);
    assert.notEqual(pacers.pacersFor('111122223333 us-east-1'), here);
    assert.notEqual(pacers.pacersFor('444455556666 eu-west-1'), here);
    assert.notEqual(here.getPolicy, here.control);
  });

  test('what was used before the account was known counts for it', () => {
    const pacers = new Pacers();
    const unknown = pacers.pacersFor('profile a eu-west-1');
    const other = pacers.pacersFor('profile b eu-west-1');
    assert.equal(pacers.pacersFor('1111 eu-west-1', 'profile a eu-west-1'), unknown);
    // The account has its pacers by now: these are the ones of both.
    assert.equal(pacers.pacersFor('1111 eu-west-1', 'profile b eu-west-1'), unknown);
    assert.notEqual(other, unknown);
  });
});

suite('Slots', () => {
  /** Works that end when they are told to, and those that have begun. */
  function workers(slots: Slots) {
    const begun: string[] = [];
    const ends = new Map<string, (error?: Error) => void>();
    const run = (name: string, urgency: Urgency = 'now', signal = new AbortController().signal) =>
      slots.run(urgency, signal, () => {
        begun.push(name);
        return new Promise<string>((resolve, reject) =>
          ends.set(name, (error) => (error ? reject(error) : resolve(name))),
        );
      });
    return { begun, run, end: (name: string, error?: Error) => ends.get(name)?.(error) };
  }

  test('so many at once, then the latest wish of a person, then the background', async () => {
    const { begun, run, end } = workers(new Slots(2));
    const all = [run('a'), run('b'), run('c', 'background'), run('d'), run('e')];
    assert.deepEqual(begun, ['a', 'b']);
    for (const name of ['b', 'e', 'd']) {
      end(name);
      await settled();
    }
    assert.deepEqual(begun, ['a', 'b', 'e', 'd', 'c']);
    end('a');
    end('c');
    assert.deepEqual(await Promise.all(all), ['a', 'b', 'c', 'd', 'e']);
  });

  test('what fails or leaves gives its place to others', async () => {
    const { begun, run, end } = workers(new Slots(1));
    const ending = new AbortController();
    const failing = run('fails');
    const leaving = run('leaves', 'now', ending.signal);
    const waiting = run('waits', 'background');
    ending.abort();
    await assert.rejects(leaving, { name: 'AbortError' });
    end('fails', new Error('it failed'));
    await assert.rejects(failing, /it failed/);
    await settled();
    end('waits');
    assert.equal(await waiting, 'waits');
    void run('next');
    assert.deepEqual(begun, ['fails', 'waits', 'next']);
  });
});
