// A process that writes records until it is killed or cannot: `node --import tsx recordWriter.ts <folder>`.
import { RecordFiles } from '../../src/history/recordFiles';
import { recordOf } from './records';

const files = new RecordFiles(process.argv[2] ?? '');

async function writeForever(): Promise<never> {
  for (let turn = 0; ; turn++) {
    // Long enough that a write that is not atomic would be seen half-way.
    const before = String(turn % 10).repeat(500_000 + (turn % 7) * 100_000);
    await files.write(recordOf(`id-${turn % 3}`, { before }));
    if (turn === 3) process.stdout.write('ready\n');
  }
}

writeForever().catch((error: unknown) => {
  const { code } = error as NodeJS.ErrnoException;
  process.stdout.write(`failed ${code ?? ''}\n`);
});
