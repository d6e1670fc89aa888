import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { median } from './rounds.ts';

/** The machine in one line: processors, memory, system, Node. */
export function describeMachine(): string {
  const processors = os.cpus();
  const gigabytes = Math.round(os.totalmem() / 1024 ** 3);
  return `${processors.length} × ${processors[0]?.model.trim()}, ${gigabytes} GB, ${os.type()} ${os.release()} ${os.arch()}, Node ${process.version}`;
}

/** What it takes to write 8 KB and have the disk confirm it, in milliseconds: the median of 200, in the folder where the
 *  database stands. Every commit waits at least for this. */
export function measureDisk(folder: string): number {
  const file = path.join(folder, 'disk-probe');
  const descriptor = openSync(file, 'w');
  const page = Buffer.alloc(8192, 1);
  const times = Array.from({ length: 200 }, (_, index) => {
    const begin = performance.now();
    writeSync(descriptor, page, 0, page.length, index * page.length);
    fdatasyncSync(descriptor);
    return performance.now() - begin;
  });
  closeSync(descriptor);
  rmSync(file);
  return median(times);
}
