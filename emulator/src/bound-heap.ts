import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Where it is smaller, messages that a topic puts into a hundred queues are copied again and again on their way to the old. */
const youngBytesMax = 8 * 1024 * 1024;

/**
 * For a process that is an emulator and nothing else. A message lives for milliseconds: V8 would let its young generation
 * grow to 128 MB for them and keep it, and let garbage in the old one grow to several times what was ever alive.
 */
export function boundHeap(): void {
  setFlagsFromString('--heap-growing-percent=60');
  const observer = new PerformanceObserver(() => {
    if (youngBytes() < youngBytesMax) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    observer.disconnect();
  });
  observer.observe({ entryTypes: ['gc'] });
}

function youngBytes(): number {
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0;
}
